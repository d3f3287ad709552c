import { checkConfig, scenarios, type Config, type Scenario } from '../sim/index.ts';

/** Which run is made; what is left out is as the scenario has it by itself. */
export interface RunOptions {
  /** The id of one of `scenarios`; the first of them if not given. */
  scenario?: string | undefined;
  /** Pages of each TX ring and of each RX ring alike: 1, 2, 4, 8 or 16. `txPages` and `rxPages` go before it. */
  pages?: number | undefined;
  txPages?: number | undefined;
  rxPages?: number | undefined;
  /** Queues that both sides allow: 1 to 8. */
  queues?: number | undefined;
  /** Limit of the guest's grant table in frames of 512 entries: 4 to 256. */
  maxGrantFrames?: number | undefined;
  /** How dom0 runs, hence how it maps the rings. */
  backend?: Config['backend'] | undefined;
}

const NAMES = ['scenario', 'pages', 'txPages', 'rxPages', 'queues', 'maxGrantFrames', 'backend'];

/** The scenario and the configuration that the options ask for, or what is wrong with them, in words for who wrote them. */
export function readRun(options: RunOptions): { scenario: Scenario; config: Config } | { problem: string } {
  const { scenario: id = scenarios[0]!.id, pages } = options;
  const scenario = scenarios.find((known) => known.id === id);
  if (!scenario) return { problem: `unknown scenario '${id}': there are ${scenarios.map((known) => known.id).join(', ')}` };
  const { defaults } = scenario;
  const config: Config = {
    txPages: options.txPages ?? pages ?? defaults.txPages,
    rxPages: options.rxPages ?? pages ?? defaults.rxPages,
    queues: options.queues ?? defaults.queues,
    maxGrantFrames: options.maxGrantFrames ?? defaults.maxGrantFrames,
    backend: options.backend ?? defaults.backend,
  };
  const problem = checkConfig(config);
  return problem === null ? { scenario, config } : { problem };
}

/**
 * The same for callers who may have written anything; `more` are the names of options besides those of a run.
 * @throws TypeError where `options` is no object, or has an option that there is not; RangeError for what an option holds
 */
export function demandRun(options: RunOptions, more: readonly string[]): { scenario: Scenario; config: Config } {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) throw new TypeError(`options must be an object, not ${String(given)}`);
  const known = [...NAMES, ...more];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no option ${unknown}: there are ${known.join(', ')}`);
  const read = readRun(options);
  if ('problem' in read) throw new RangeError(read.problem);
  return read;
}
