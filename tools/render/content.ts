/** What is written to the file. */
import { unreachable } from '../../src/base/invariant.ts';
import { ringsPicture, sequencePicture, sequenceText, stagePicture } from '../../src/picture/index.ts';
import { jsonRecords, line } from '../trace/text.ts';
import type { Asked } from './ask.ts';
import { placed, positionOf } from './place.ts';
import { happeningsOf, recorded, recordsOf, sceneAt } from './run.ts';

/** The file's text. @throws UsageError where the run cannot be made, or has no such step */
export function content({ scenario, run: spec, at, what, theme, kind }: Asked): string {
  const run = recorded(scenario, spec);
  const position = typeof at === 'string' ? positionOf(at, run) : placed(at, run);
  switch (kind) {
    case 'json':
      return jsonRecords(recordsOf(run, position));
    case 'txt':
      return recordsOf(run, position).map((record) => `${line(record)}\n`).join('');
    case 'mmd':
      return sequenceText(sceneAt(run, position), happeningsOf(run, position));
    case 'svg':
      if (what === 'sequence') return sequencePicture(sceneAt(run, position), happeningsOf(run, position),
        { theme });
      return (what === 'rings' ? ringsPicture : stagePicture)(sceneAt(run, position), { theme });
    default:
      return unreachable(kind);
  }
}
