/** Runs a scenario here and reads it as the page does: what the engine sends, a mirror of it, and the view of that. */
import { recorded as recordedAs } from '../../src/api/recorded.ts';
import { frameAt } from '../../src/engine/delta.ts';
import type { RunSpec } from '../../src/engine/protocol.ts';
import type { Run } from '../../src/engine/run.ts';
import type { Scene } from '../../src/picture/index.ts';
import type { Scenario } from '../../src/sim/index.ts';
import { createMirror } from '../../src/store/mirror.ts';
import { stageView } from '../../src/store/stage/stage-view.ts';
import { UsageError } from '../options.ts';
import { notes } from './notes.ts';

/** The run that the spec makes, recorded to its end. @throws UsageError where one of its choices cannot be followed */
export function recorded(scenario: Scenario, spec: RunSpec): Run {
  const made = recordedAs(scenario, spec);
  if ('problem' in made) throw new UsageError(made.problem);
  return made.run;
}

/** The run at a position, as pictures are made of it. */
export function sceneAt(run: Run, position: number): Scene {
  run.timeline.seek(position);
  const frame = frameAt(run, 1, null);
  const mirror = createMirror();
  mirror.apply(frame);
  return {
    scenario: run.scenario.title, run: run.spec, outline: run.outline, position, step: frame.step,
    view: stageView(mirror, null, frame), notes: notes(),
  };
}
