import { jsonRecords, traceText } from '../src/picture/trace.ts';
import { endState, recordRun } from '../src/sim/index.ts';
import { parseRun, UsageError } from './options.ts';
import { report } from './trace/text.ts';

const USAGE =
  'usage: trace [--profile ID | --scenario ID] [--pages N] [--tx-pages N] [--rx-pages N] [--queues N] [--backend pv|pvh] ' +
  '[--max-grant-frames N] [--final] [--json]';

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
    process.stdout.write(jsonRecords(records));
  } else {
    process.stdout.write(traceText(records));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`trace: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
