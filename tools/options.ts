import { parseArgs, type ParseArgsConfig } from 'node:util';
import { checkConfig, scenarios, type Config, type Scenario } from '../src/sim/index.ts';

/** A command line that cannot be used; its message is one line for the person at the keyboard. */
export class UsageError extends Error {}

/** What {@link parseRun} makes of a command line. */
export interface RunOptions {
  readonly scenario: Scenario;
  readonly config: Config;
  /** The options asked for besides, by name. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** The options that make a run. */
export const RUN_OPTIONS = {
  profile: { type: 'string' },
  scenario: { type: 'string' },
  pages: { type: 'string' },
  'tx-pages': { type: 'string' },
  'rx-pages': { type: 'string' },
  queues: { type: 'string' },
  backend: { type: 'string' },
  'max-grant-frames': { type: 'string' },
} as const;

/**
 * Reads the options that make a run (architecture, section 7) and those in `extra`. `--scenario` and `--profile` both
 * name a scenario, the former goes first; `--pages` sets both rings, `--tx-pages` and `--rx-pages` one.
 * @throws UsageError saying what cannot be used
 */
export function parseRun(argv: string[], extra: NonNullable<ParseArgsConfig['options']> = {}): RunOptions {
  const values = readOptions(argv, { ...RUN_OPTIONS, ...extra });
  const id = values['scenario'] ?? values['profile'];
  const scenario = id === undefined ? scenarios[0]! : scenarios.find((known) => known.id === id);
  if (!scenario) throw new UsageError(`unknown scenario '${id}': there are ${scenarios.map((known) => known.id).join(', ')}`);
  const { defaults } = scenario;
  const pages = wholeOption(values, 'pages');
  const config: Config = {
    txPages: wholeOption(values, 'tx-pages') ?? pages ?? defaults.txPages,
    rxPages: wholeOption(values, 'rx-pages') ?? pages ?? defaults.rxPages,
    queues: wholeOption(values, 'queues') ?? defaults.queues,
    maxGrantFrames: wholeOption(values, 'max-grant-frames') ?? defaults.maxGrantFrames,
    backend: (values['backend'] as Config['backend'] | undefined) ?? defaults.backend,
  };
  const wrong = checkConfig(config);
  if (wrong !== null) throw new UsageError(wrong);
  return { scenario, config, values };
}

/** A whole number, 0 or more, that an option may carry. @throws UsageError if it carries anything else */
export function wholeOption(values: RunOptions['values'], name: string): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(String(text))) throw new UsageError(`--${name} must be a whole number, not '${text}'`);
  return Number(text);
}

function readOptions(argv: string[], options: NonNullable<ParseArgsConfig['options']>): RunOptions['values'] {
  try {
    return parseArgs({ args: argv, options }).values as RunOptions['values'];
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UsageError(reason);
  }
}
