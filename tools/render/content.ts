/** What is written to the file. */
import { unreachable } from '../../src/base/invariant.ts';
import { recordsOf } from '../../src/engine/records.ts';
import { happeningsOf, ringsPicture, sequencePicture, sequenceText, stagePicture } from '../../src/picture/index.ts';
import { jsonRecords, traceText } from '../../src/picture/trace.ts';
import type { Asked } from './ask.ts';
import { placed, positionOf } from './place.ts';
import { recorded, sceneAt } from './run.ts';

/** The file's text. @throws UsageError where the run cannot be made, or has no such step */
export function content({ scenario, run: spec, at, what, theme, kind }: Asked): string {
  const run = recorded(scenario, spec);
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
