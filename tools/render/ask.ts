/** What a command line asks for, checked before anything runs. */
import { extname } from 'node:path';
import type { Place, RunSpec } from '../../src/engine/protocol.ts';
import { USUAL_SECONDS } from '../../src/picture/index.ts';
import type { ThemeName } from '../../src/picture/index.ts';
import { checkConfig, scenarios, type Scenario } from '../../src/sim/index.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { parseRun, RUN_OPTIONS, UsageError } from '../options.ts';
import type { RunOptions } from '../options.ts';

const WHATS = ['stage', 'rings', 'sequence'] as const;
const THEMES = ['light', 'dark'] as const;
const KINDS = ['svg', 'mmd', 'json', 'txt'] as const;

/** The texts of `--from` and `--to`, and how long each step is shown. */
export interface Range {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

/** How long a step may be shown, in seconds. */
const SECONDS = { least: 0.1, most: 60 } as const;

export interface Asked {
  readonly scenario: Scenario;
  readonly run: RunSpec;
  /** A place of a link, the text of `--step`, or the steps that are shown one after the other. */
  readonly at: Place | string | Range;
  readonly what: (typeof WHATS)[number];
  readonly theme: ThemeName;
  readonly kind: (typeof KINDS)[number];
  readonly out: string;
}

/** @throws UsageError saying what cannot be used */
export function ask(argv: string[]): Asked {
  const { scenario, config, values } = parseRun(argv, {
    step: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, seconds: { type: 'string' }, link: { type: 'string' }, what: { type: 'string' }, theme: { type: 'string' }, out: { type: 'string' },
  });
  const { out } = values;
  if (typeof out !== 'string'
    || out === '') throw new UsageError('--out is missing: name a file that ends in .svg, .mmd, .json or .txt');
  const kind = KINDS.find((known) => extname(out) === `.${known}`);
  if (kind === undefined) throw new UsageError(`--out ${out} must end in .svg, .mmd, .json or .txt`);
  const what = oneOf('what', WHATS, values) ?? (kind === 'mmd' ? 'sequence' : 'stage');
  const theme = oneOf('theme', THEMES, values);
  if (kind === 'mmd' && what !== 'sequence') throw new UsageError(`a .mmd file holds the sequence: --what ${what} can only be .svg`);
  if (kind !== 'svg' && theme !== undefined) throw new UsageError(`--theme is for .svg: a .${kind} file has no colours`);
  if ((kind === 'json' || kind === 'txt') && values['what'] !== undefined) {
    throw new UsageError(`a .${kind} file holds the run: leave out --what`);
  }
  const range = rangeOf(values);
  if (range !== null && kind !== 'svg') throw new UsageError(`steps one after the other are a picture: with --from or --to, --out must end in .svg`);
  if (range !== null && what === 'sequence') {
    throw new UsageError('--from and --to are for the stage and the rings: a sequence has all that was until its --step');
  }
  const rest = { what, theme: theme ?? 'light', kind, out } as const;
  const { link, step = 'end' } = values;
  if (link === undefined) return { ...rest, scenario, run: { scenario: scenario.id, config, choices: [] },
    at: range ?? String(step) };
  const { at, ...run } = linked(String(link), values);
  return { ...rest, ...run, at: range ?? at };
}

/** The steps to be shown one after the other; null where one is asked for. */
function rangeOf(values: RunOptions['values']): Range | null {
  const { step, from, to, seconds } = values;
  if (from === undefined && to === undefined) {
    if (seconds !== undefined) throw new UsageError('--seconds is how long each of several steps is shown: give --from or --to');
    return null;
  }
  if (step !== undefined) throw new UsageError('--step is one picture, --from and --to are several: leave out one or the other');
  return { from: String(from ?? 'start'), to: String(to ?? 'end'), seconds: seconds === undefined ? USUAL_SECONDS : secondsOf(String(seconds)) };
}

function secondsOf(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : NaN;
  if (seconds >= SECONDS.least && seconds <= SECONDS.most) return seconds;
  throw new UsageError(`--seconds must be a number from ${SECONDS.least} to ${SECONDS.most}, not '${text}'`);
}

/** The run and the place of a permalink, or of an address with one. */
function linked(link: string, values: RunOptions['values']): Pick<Asked, 'scenario' | 'run' | 'at'> {
  const besides = ['step', ...Object.keys(RUN_OPTIONS)].find((name) => values[name] !== undefined);
  if (besides !== undefined) throw new UsageError(`--link names the run and the step: leave out --${besides}`);
  const parsed = parseLink(link.slice(Math.max(0, link.indexOf('#'))));
  if (parsed.kind === 'none') throw new UsageError('--link is empty: give what stands in the address from # on');
  if (parsed.kind === 'bad') throw new UsageError(`--link ${link} cannot be followed: ${parsed.why}`);
  const { run, at } = parsed;
  const scenario = scenarios.find(({ id }) => id === run.scenario);
  if (!scenario) throw new UsageError(`--link names the scenario '${run.scenario}', which there is not`);
  const wrong = checkConfig(run.config);
  if (wrong !== null) throw new UsageError(`--link cannot be followed: ${wrong}`);
  return { scenario, run, at };
}

function oneOf<T extends string>(name: string, known: readonly T[],
  values: RunOptions['values']): T | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name} must be ${known.join(', ').replace(/, (?=[^,]*$)/, ' or ')}, not '${value}'`);
  return found;
}
