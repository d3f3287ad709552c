// Explores every order of a scenario's threads: npm run -s check -- --profile netif-multipage --pages 1 --queues 1
// With --all every scenario that must be clean, with --bugs every bug there is, ours or Linux's: a process each, two at a time.
// Exit status: 0 as it should be, 1 an invariant is broken (with --bugs: one is not), 2 the command line cannot be used.
import { find } from './check/finding.ts';
import { runBugs, runMatrix } from './check/many.ts';
import { report } from './check/report.ts';
import { parseRun, UsageError, wholeOption } from './options.ts';

const USAGE =
  'usage: check [--profile ID | --scenario ID] [--pages N] [--tx-pages N] [--rx-pages N] [--queues N] [--backend pv|pvh] ' +
  '[--max-grant-frames N] [--max-states N] [--max-seconds N] [--no-reduction] [--json] | --all | --bugs';

async function run(argv: string[]): Promise<boolean> {
  const { scenario, config, values } = parseRun(argv, {
    'max-states': { type: 'string' },
    'max-seconds': { type: 'string' },
    'no-reduction': { type: 'boolean' },
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    bugs: { type: 'boolean' },
  });
  if (values['all'] === true) return runMatrix();
  if (values['bugs'] === true) return runBugs();
  const finding = find(scenario, config, {
    maxStates: wholeOption(values, 'max-states'),
    maxSeconds: wholeOption(values, 'max-seconds'),
    reduce: values['no-reduction'] !== true,
  });
  process.stdout.write(values['json'] === true ? `${JSON.stringify(finding)}\n` : `${report(finding).join('\n')}\n`);
  return finding.violation === null;
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`check: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
