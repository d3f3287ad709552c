/** What is written to the file. */
import { unreachable } from '../../src/base/invariant.ts';
import { recordsOf } from '../../src/engine/records.ts';
import type { Run } from '../../src/engine/run.ts';
import { animation, happeningsOf, ringsPicture, sequencePicture, sequenceText, stagePicture, whyNot } from '../../src/picture/index.ts';
import { jsonRecords, traceText } from '../../src/picture/trace.ts';
import { UsageError } from '../options.ts';
import type { Asked, Range } from './ask.ts';
import { endOf, placed, positionOf } from './place.ts';
import { recorded, sceneAt } from './run.ts';

/** The file's text. @throws UsageError where the run cannot be made, or has no such step */
export function content({ scenario, run: spec, at, what, theme, kind }: Asked): string {
  const run = recorded(scenario, spec);
  if (typeof at === 'object' && 'from' in at) return moving(run, at, { what: what === 'rings' ? 'rings' : 'stage', theme });
  const position = typeof at === 'string' ? positionOf(at, run) : placed(at, run);
  const happenings = (): ReturnType<typeof happeningsOf> => happeningsOf(recordsOf(run, 0, position), run.outline);
  switch (kind) {
    case 'json':
      return jsonRecords(recordsOf(run, 0, position));
    case 'txt':
      return traceText(recordsOf(run, 0, position));
    case 'mmd':
      return sequenceText(sceneAt(run, position), happenings());
    case 'svg':
      if (what === 'sequence') return sequencePicture(sceneAt(run, position), happenings(), { theme });
      return (what === 'rings' ? ringsPicture : stagePicture)(sceneAt(run, position), { theme });
    default:
      return unreachable(kind);
  }
}

/** The steps of a range one after the other. */
function moving(run: Run, { from, to, seconds }: Range, { what, theme }: { what: 'stage' | 'rings'; theme: Asked['theme'] }): string {
  const [first, last] = [positionOf(from, run), endOf(to, run)];
  const reason = whyNot(first, last);
  if (reason !== null) throw new UsageError(`--from ${from} --to ${to}: ${reason}`);
  const scenes = Array.from({ length: last - first + 1 }, (_, n) => sceneAt(run, first + n));
  return animation(scenes, { what, theme, seconds });
}
