/** Which step of a run somebody means. */
import type { Place } from '../../src/engine/protocol.ts';
import { find } from '../../src/engine/places.ts';
import type { Run } from '../../src/engine/run.ts';
import { chapterEnd } from '../../src/store/outline.ts';
import { UsageError } from '../options.ts';

/** The most names that an error lists. */
const MOST_NAMED = 12;

/** The options that name a step. */
type Option = 'step' | 'from' | 'to';

/**
 * The position that an option names: a number, `start`, `end`, a chapter, or `function#label` with `~n` for its n-th
 * occurrence. A chapter is its first step, and for `--to` its last.
 * @throws UsageError saying why it names none
 */
export function positionOf(text: string, run: Run, option: Option = 'step'): number {
  if (text === 'start') return 0;
  if (text === 'end') return run.length;
  if (/^\d+$/.test(text)) return numbered(text, run);
  if (text.includes('#')) return keyed(text, run, option);
  const chapter = known(text, run, option);
  const first = placed({ kind: 'chapter', chapter }, run);
  return option === 'to' ? lastOf(chapter, run) : first;
}

/** The position after the last step of a chapter that the run has. */
export function lastOf(chapter: string, { outline }: Run): number {
  return chapterEnd(outline, outline.chapters.findIndex(({ id }) => id === chapter));
}

/** The position of a place in a run. @throws UsageError where the run has no such place */
export function placed(place: Place, run: Run): number {
  const found = find(place, run);
  if (found === undefined || found.reason !== undefined) {
    throw new UsageError(found?.reason ?? 'the run does not come to that place');
  }
  return found.position;
}

function numbered(text: string, run: Run): number {
  const position = Number(text);
  if (position > run.length) throw new UsageError(`this run has ${run.length} steps; there is no step ${text}`);
  return position;
}

function keyed(text: string, run: Run, option: Option): number {
  const [, key = '', count] = /^([^~]*#[^~]*)(?:~(.*))?$/.exec(text) ?? [];
  if (key === '' || (count !== undefined && !/^[1-9]\d{0,8}$/.test(count))) {
    throw new UsageError(`--${option} ${text} is no function#label~n, where n counts its occurrences from 1`);
  }
  const steps = run.recorder.op.flatMap((op, n) => (op.key === key ? [n] : []));
  const occurrence = Number(count ?? 1);
  if (steps.length === 0) throw new UsageError(`this run never comes to ${key}${alternatives(key, run)}`);
  if (occurrence > steps.length) {
    throw new UsageError(`${key} occurs ${steps.length === 1 ? 'once' : `${steps.length} times`} in this run; there is no occurrence ${occurrence}`);
  }
  return steps[occurrence - 1]! + 1;
}

/** The steps of the same function that the run has, to choose from. */
function alternatives(key: string, run: Run): string {
  const fn = key.slice(0, key.indexOf('#') + 1);
  const keys = new Set(run.recorder.op.flatMap((op) => (op.key.startsWith(fn) ? [op.key.slice(fn.length)]
    : [])));
  if (keys.size === 0) return `, nor to any step of ${fn.slice(0, -1)}`;
  const names = [...keys].slice(0, MOST_NAMED).join(', ');
  return `; of ${fn.slice(0, -1)} it has ${names}${keys.size > MOST_NAMED ? ` and ${keys.size - MOST_NAMED} more` : ''}`;
}

/** The id of a chapter. */
function known(text: string, run: Run, option: Option): string {
  const ids = run.scenario.chapters.map(({ id }) => id);
  if (ids.includes(text)) return text;
  throw new UsageError(`--${option} ${text} is no number, no function#label, not start or end, and no chapter: chapters are ${ids.join(', ')}`);
}
