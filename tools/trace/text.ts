/** The end of a run as text. */
import type { EndState } from '../../src/sim/index.ts';

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** The end state for people: a section a subject. Entries that only lend receive buffers are counted, not listed. */
export function report(end: EndState): string[] {
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
