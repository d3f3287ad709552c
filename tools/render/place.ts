/** Which step of a run somebody means. */
import { positionNamed } from '../../src/api/place.ts';
import type { Place } from '../../src/engine/protocol.ts';
import { find } from '../../src/engine/places.ts';
import type { Run } from '../../src/engine/run.ts';
import { UsageError } from '../options.ts';

/** The position that a `--step` names. @throws UsageError saying why it names none */
export function positionOf(text: string, run: Run): number {
  const found = positionNamed(text, run);
  if ('problem' in found) throw new UsageError(found.problem);
  return found.position;
}

/** The position of a place in a run. @throws UsageError where the run has no such place */
export function placed(place: Place, run: Run): number {
  const found = find(place, run);
  if (found === undefined || found.reason !== undefined) {
    throw new UsageError(found?.reason ?? 'the run does not come to that place');
  }
  return found.position;
}
