import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readRun } from '../src/api/options.ts';
import type { Config, Scenario } from '../src/sim/index.ts';

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
  const read = readRun({
    scenario: (values['scenario'] ?? values['profile']) as string | undefined,
    pages: wholeOption(values, 'pages'),
    txPages: wholeOption(values, 'tx-pages'),
    rxPages: wholeOption(values, 'rx-pages'),
    queues: wholeOption(values, 'queues'),
    maxGrantFrames: wholeOption(values, 'max-grant-frames'),
    backend: values['backend'] as Config['backend'] | undefined,
  });
  if ('problem' in read) throw new UsageError(read.problem);
  return { ...read, values };
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
