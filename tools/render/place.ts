/** Which step of a run somebody means. */
import { positionNamed } from '../../src/api/place.ts';
import type { Place } from '../../src/engine/protocol.ts';
import { find } from '../../src/engine/places.ts';
import type { Run } from '../../src/engine/run.ts';
import { chapterEnd } from '../../src/store/outline.ts';
import { UsageError } from '../options.ts';

/** The position that a `--step` or a `--from` names. @throws UsageError saying why it names none */
export function positionOf(text: string, run: Run): number {
  const found = positionNamed(text, run);
  if ('problem' in found) throw new UsageError(found.problem);
  return found.position;
}

/** The position that a `--to` names: of a chapter its last step. @throws UsageError saying why it names none */
export function endOf(text: string, run: Run): number {
  return run.scenario.chapters.some(({ id }) => id === text) ? lastOf(text, run) : positionOf(text, run);
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
