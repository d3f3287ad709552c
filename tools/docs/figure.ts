/** A live figure: what its block in the site's sources says. */
import type { Run } from '../../src/engine/run.ts';
import { UsageError } from '../options.ts';
import { lastOf, placed } from '../render/place.ts';
import { placeOf, RUN_NAMES, spotOf } from './spot.ts';
import type { Spot } from './spot.ts';

/** Options that are for the frame to read. */
const FRAME_NAMES = ['panels', 'lens', 'from', 'to', 'controls', 'autoplay', 'loop'];

export interface Figure extends Spot {
  readonly title: string;
  /** For embed.js, as an attribute holds them. */
  readonly options: string;
  /** Of which run it is, and which of its steps it shows. */
  readonly caption: string;
}

/**
 * Reads a block of lines `name: value`: `title`, `at` (a step), options of the run, options of the frame. `chapter` stands for
 * `at`, `from` and `to` at once.
 * @throws UsageError saying what is wrong with it
 */
export function readFigure(block: string): Figure {
  const { chapter, ...rest } = pairs(block);
  const given: Record<string, string> = chapter === undefined ? rest : { at: chapter, from: chapter, to: chapter, ...rest };
  const unknown = Object.keys(given).find((name) => !['title', 'at', ...RUN_NAMES, ...FRAME_NAMES].includes(name));
  if (unknown !== undefined) throw new UsageError(`a figure has no ${unknown}`);
  const { title, at, from, to } = given;
  if (title === undefined || at === undefined) throw new UsageError('a figure needs a title, and at or chapter');
  const spot = spotOf(at, given);
  const first = from === undefined ? 0 : bound(from, 'first', spot.run);
  const last = to === undefined ? spot.run.length : bound(to, 'last', spot.run);
  if (spot.position < first || spot.position > last) {
    throw new UsageError(`${at} is step ${spot.position}, outside of what is shown, ${first} to ${last}`);
  }
  const options = new URLSearchParams(FRAME_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
  return { ...spot, title, options: options.toString(), caption: captionOf(spot, first, last) };
}

function pairs(block: string): Record<string, string> {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(lines.map((line) => {
    const [, name = '', value = ''] = /^([a-z-]+): *(.+?) *$/.exec(line) ?? [];
    if (value === '') throw new UsageError(`${line} is not name: value`);
    return [name, value];
  }));
}

/** The first or the last picture of what lies between the two places: a chapter ends with that of its last step. */
function bound(text: string, end: 'first' | 'last', run: Run): number {
  const place = placeOf(text);
  const position = placed(place, run);
  return place.kind === 'chapter' && end === 'last' ? lastOf(place.chapter, run) : position;
}

function captionOf({ run, position }: Spot, first: number, last: number): string {
  const { txPages, rxPages, queues, backend } = run.spec.config;
  const settings = [
    txPages === rxPages ? `${plural(txPages, 'page')} a ring` : `${plural(txPages, 'TX page')} and ${plural(rxPages, 'RX page')}`,
    ...(queues > 1 ? [`${queues} queues`] : []),
    ...(backend === 'pvh' ? ['a PVH dom0'] : []),
  ].join(', ');
  const steps = first === 0 && last === run.length ? `step ${position} of ${run.length}` : `steps ${first} to ${last} of ${run.length}`;
  return `${run.scenario.title}, ${settings}: ${steps}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
