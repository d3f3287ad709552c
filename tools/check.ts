// Explores every order of a scenario's threads: npm run -s check -- --profile netif-multipage --pages 1 --queues 1
// Exit status: 0 nothing wrong, 1 an invariant is broken, 2 the command line cannot be used.
import {
  asChoices,
  explore,
  fewestChoices,
  handshakeQuestion,
  Timeline,
  withoutDetours,
  type Config,
  type CounterExample,
  type Scenario,
  type Verdict,
} from '../src/sim/index.ts';
import { formatLink } from '../src/store/permalink.ts';
import { parseRun, UsageError, wholeOption } from './options.ts';

const USAGE =
  'usage: check [--profile ID | --scenario ID] [--pages N] [--tx-pages N] [--rx-pages N] [--queues N] [--backend pv|pvh] ' +
  '[--max-grant-frames N] [--max-states N] [--max-seconds N] [--no-reduction] [--json]';

/** Departures from the natural order that are tried when a broken invariant is to be shown in few. */
const FEW_CHOICES = 2;

/** Where a search ends that nobody gave a limit: memory runs out at some ten times as many. */
const USUAL_MAX_STATES = 5_000_000;

/** What was found, in plain data. */
interface Finding {
  scenario: string;
  config: Config;
  states: number;
  transitions: number;
  seconds: number;
  states_per_second: number;
  depth: number;
  passes: number;
  reduction: boolean;
  terminals: Record<string, number>;
  invariants: readonly string[];
  cut: string | null;
  violation: (CounterExample & { permalink: string; trace: readonly TraceStep[] }) | null;
}

interface TraceStep {
  thread: string;
  /** `function#label`. */
  step: string;
  /** Another thread would have been next in the natural order. */
  chosen: boolean;
}

function check(argv: string[]): { finding: Finding; json: boolean } {
  const { scenario, config, values } = parseRun(argv, {
    'max-states': { type: 'string' },
    'max-seconds': { type: 'string' },
    'no-reduction': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const maxStates = wholeOption(values, 'max-states') ?? USUAL_MAX_STATES;
  const maxSeconds = wholeOption(values, 'max-seconds');
  const reduce = values['no-reduction'] !== true;
  const question = handshakeQuestion(config);
  const began = performance.now();
  const verdict = explore(scenario.build(config), question, {
    maxStates,
    ...(maxSeconds === undefined ? {} : { outOfTime: () => performance.now() - began > maxSeconds * 1000 }),
    reduce,
  });
  const seconds = (performance.now() - began) / 1000;
  const example = verdict.violation && shortest(scenario, config, verdict.violation);
  const finding: Finding = {
    scenario: scenario.id,
    config,
    states: verdict.states,
    transitions: verdict.transitions,
    seconds: Math.round(seconds * 1000) / 1000,
    states_per_second: Math.round(verdict.states / seconds),
    depth: verdict.depth,
    passes: verdict.passes,
    reduction: reduce,
    terminals: Object.fromEntries(verdict.terminals),
    invariants: ['no deadlock', ...question.invariants.map(({ name }) => name)],
    cut:
      verdict.cut === 'states'
        ? `stopped after ${verdict.states} states (--max-states)`
        : verdict.cut === 'time'
          ? `stopped after ${maxSeconds} seconds (--max-seconds)`
          : null,
    violation: example && {
      ...example,
      permalink: formatLink({ scenario: scenario.id, config, choices: example.choices }, { kind: 'position', position: example.steps }),
      trace: replay(scenario, config, example),
    },
  };
  return { finding, json: values['json'] === true };
}

/** The run that was found, or one with fewer departures from the natural order. */
function shortest(scenario: Scenario, config: Config, { threads }: NonNullable<Verdict['violation']>): CounterExample {
  const question = handshakeQuestion(config);
  return (
    fewestChoices(scenario, config, question, FEW_CHOICES) ??
    withoutDetours(scenario, config, question, asChoices(scenario, config, threads))
  );
}

/** The steps of a counter-example, from the first on. */
function replay(scenario: Scenario, config: Config, { choices, steps }: CounterExample): TraceStep[] {
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const chosen = new Map(choices);
  const { threads } = timeline.machine;
  return Array.from({ length: steps }, (_, n) => {
    const name = chosen.get(n);
    timeline.forward(threads.find((thread) => thread.name === name));
    const { thread, op } = timeline.info(n);
    return { thread: thread.name, step: op.key, chosen: name !== undefined };
  });
}

function report(finding: Finding): string[] {
  const { config, violation } = finding;
  const lines = [
    `${finding.scenario}: ${config.txPages} TX and ${config.rxPages} RX pages, queues ${config.queues}, grant frames ${config.maxGrantFrames}, ${config.backend}`,
    `distinct states    ${finding.states}`,
    `transitions        ${finding.transitions}`,
    `states per second  ${finding.states_per_second} (${finding.seconds} s, passes ${finding.passes}${finding.reduction ? '' : ', no reduction'})`,
    `depth              ${finding.depth}`,
    `terminal states    ${Object.entries(finding.terminals).map(([name, count]) => `${name} ${count}`).join(', ') || 'none reached'}`,
    `invariants         ${finding.invariants.join('; ')}`,
  ];
  if (finding.cut !== null) lines.push(`cut                ${finding.cut}: what lies beyond was not looked at`);
  if (violation === null) return [...lines, finding.cut === null ? 'no violation' : 'no violation so far'];
  return [
    ...lines,
    `VIOLATION          ${violation.invariant}: ${violation.message}`,
    `after step         ${violation.steps}`,
    `choices            ${violation.choices.map(([position, thread]) => `at ${position} ${thread}`).join(', ') || 'none: it is the natural order'}`,
    `permalink          ${violation.permalink}`,
    'steps, a > where another thread would have been next in the natural order:',
    ...violation.trace.map(
      ({ thread, step, chosen }, n) => `${String(n + 1).padStart(5)} ${chosen ? '>' : ' '} ${thread.padEnd(19)} ${step}`,
    ),
  ];
}

try {
  const { finding, json } = check(process.argv.slice(2));
  process.stdout.write(json ? `${JSON.stringify(finding, null, 1)}\n` : `${report(finding).join('\n')}\n`);
  process.exitCode = finding.violation === null ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`check: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
