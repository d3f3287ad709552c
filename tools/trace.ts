import { endState, recordRun, type EndState, type StepRecord } from '../src/sim/index.ts';
import { parseRun, UsageError } from './options.ts';

const USAGE =
  'usage: trace [--profile ID | --scenario ID] [--pages N] [--tx-pages N] [--rx-pages N] [--queues N] [--backend pv|pvh] ' +
  '[--max-grant-frames N] [--final] [--json]';

/** One line a step: number, thread, indented function and label, and what it did. */
function line(record: StepRecord): string {
  const what = record.effects.map(words).join('; ');
  const place = `${'  '.repeat(record.depth)}${record.step}`;
  return `${String(record.number).padStart(5)}  ${record.thread.padEnd(19)} ${place.padEnd(62)} ${what}`.trimEnd();
}

function words(effect: StepRecord['effects'][number]): string {
  const { kind, ...rest } = effect;
  return `${kind} ${Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** The end state for people: a section a subject. Entries that only lend receive buffers are counted, not listed. */
function report(end: EndState): string[] {
  const { frontend, backend } = end.states;
  const listed = end.grant_table.entries.filter((entry) => entry.use !== 'rx buffer');
  return [
    'states',
    `  frontend  published ${frontend.published}  cached ${frontend.cached}`,
    `  backend   published ${backend.published}  cached ${backend.cached}  driver ${backend.driver}`,
    ...end.errors.map(({ path, text }) => `error ${path} "${text}"`),
    ...(end.toolstack === null ? [] : [`xl: ${end.toolstack}`]),
    `queues ${end.queues}`,
    'rings',
    ...end.rings.map(
      (ring) =>
        `  queue ${ring.queue} ${ring.direction}: ${ring.pages} pages, ${ring.entries} entries, refs ${ring.refs.join(' ')}` +
        `; shared ${JSON.stringify(ring.header)}; netfront ${JSON.stringify(ring.frontend)}; netback ${JSON.stringify(ring.backend)}`,
    ),
    `grant table of domain ${end.grant_table.domid}: ${end.grant_table.frames} of ${end.grant_table.max_frames} frames, ` +
      `${end.grant_table.entries.length} entries in use, ${end.grant_table.entries.length - listed.length} of them receive buffers`,
    ...listed.map(
      (entry) =>
        `  ${entry.ref}  ${entry.bytes}  flags ${hex(entry.flags)} domid ${entry.domid} frame ${hex(entry.frame)}  ${entry.use}` +
        (entry.pin === null ? '' : `  pin ${hex(entry.pin)} mfn ${hex(entry.mfn!)}`),
    ),
    'maptrack',
    ...end.maptrack.map((m) => `  domain ${m.domid} handle ${m.handle}: domain ${m.dom} ref ${m.ref} flags ${hex(m.flags)} at ${hex(m.host_addr)}`),
    'ports',
    ...end.ports.map((p) => `  domain ${p.domid} port ${p.port}: ${p.state} with domain ${p.remote_dom} port ${p.remote_port}${p.pending ? ' pending' : ''}${p.masked ? ' masked' : ''}`),
    'xenstore',
    ...end.xenstore.map((node) => `  ${node.path} = "${node.value}"  (${node.perms.join(',')})`),
    ...(['dom0', 'domU'] as const).flatMap((kernel) => [`log of ${kernel}`, ...end.logs[kernel].map((text) => `  ${text}`)]),
  ];
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads us (head, less) has seen enough.
  if (error.code !== 'EPIPE') throw error;
});

try {
  const { scenario, config, values } = parseRun(process.argv.slice(2), { final: { type: 'boolean' }, json: { type: 'boolean' } });
  const { records, machine } = recordRun(scenario, config);
  if (values['final']) {
    const end = endState(machine);
    const whole = { scenario: scenario.id, config, steps: records.length, ...end };
    process.stdout.write(values['json'] ? `${JSON.stringify(whole, null, 1)}\n` : `${report(end).join('\n')}\n`);
  } else if (values['json']) {
    process.stdout.write(`[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`);
  } else {
    process.stdout.write(`${records.map(line).join('\n')}\n`);
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`trace: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
