import { usePart } from '../../parts/use-part.ts';
import type { Ask, Part } from '../../parts/use-part.ts';
import type { Scene } from '../../picture/index.ts';
import { commands } from '../../store/commands.ts';
import { createMirror } from '../../store/mirror.ts';
import { stageView } from '../../store/stage/stage-view.ts';
import type { Outline } from '../../store/store.ts';

/** What a step left: what pictures are made of, without the run that it belongs to. */
type Moment = Pick<Scene, 'position' | 'step' | 'view'>;

/** What there is at `count` positions of the open run; asks for none while `count` is null. */
export function useMoments(outline: Outline, from: number, count: number | null): Part<Moment> {
  return usePart(outline, from, count, askMoments);
}

function askMoments(): Ask<Moment> {
  const mirror = createMirror();
  let last: Scene['view'] | null = null;
  return (from, count, take) => commands.frames(from, from + count - 1, (answer) =>
    take(answer.kind === 'none' ? answer.reason : answer.frames.map((frame) => {
      mirror.apply(frame);
      last = stageView(mirror, last, frame);
      return { position: frame.position, step: frame.step, view: last };
    })));
}
