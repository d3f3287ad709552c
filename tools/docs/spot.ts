/** A step of a run as the site's sources name it, and the permalink that leads to it. */
import type { Place, RunSpec } from '../../src/engine/protocol.ts';
import type { Run } from '../../src/engine/run.ts';
import { scenarios } from '../../src/sim/index.ts';
import { formatLink } from '../../src/store/permalink.ts';
import { readPlaceText } from '../../src/store/place-text.ts';
import { parseRun, UsageError } from '../options.ts';
import { placed } from '../render/place.ts';
import { recorded } from '../render/run.ts';

/** Options that choose the run, as on the command line. */
export const RUN_NAMES = ['scenario', 'pages', 'tx-pages', 'rx-pages', 'queues', 'max-grant-frames', 'backend'];

/** A step that the run is known to have. */
export interface Spot {
  readonly run: Run;
  /** Steps that lie before the picture. */
  readonly position: number;
  /** The fragment, with its `#`. */
  readonly link: string;
}

const runs = new Map<string, Run>();

/** The run of that spec, recorded to its end; the same one whenever it is asked for again. @throws UsageError if there is none */
export function runOf(spec: RunSpec): Run {
  const name = JSON.stringify(spec);
  const known = runs.get(name);
  if (known) return known;
  const scenario = scenarios.find(({ id }) => id === spec.scenario);
  if (!scenario) throw new UsageError(`there is no scenario ${spec.scenario}`);
  const run = recorded(scenario, spec);
  runs.set(name, run);
  return run;
}

/** The place that the text names: a chapter, a number, or `function#label~n`. @throws UsageError if it names none */
export function placeOf(text: string): Place {
  const place = readPlaceText(text);
  if (place === undefined) throw new UsageError(`${text} names no step`);
  return place;
}

/** The step `at` of the run that the options choose; other options are left alone. @throws UsageError if there is none */
export function spotOf(at: string, options: Readonly<Record<string, string>>): Spot {
  const argv = RUN_NAMES.flatMap((name) => (options[name] === undefined ? [] : [`--${name}`, options[name]]));
  const { scenario, config } = parseRun(argv);
  const run = runOf({ scenario: scenario.id, config, choices: [] });
  const place = placeOf(at);
  return { run, position: placed(place, run), link: formatLink(run.spec, place) };
}
