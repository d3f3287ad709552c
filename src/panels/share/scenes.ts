/** Which scenes a picture is made of. Pure. */
import type { Scene } from '../../picture/index.ts';
import { chapterEnd, chapterIndex } from '../../store/outline.ts';
import type { RingView } from '../../store/view.ts';

/** What tells a ring from others. */
export function idOf({ direction, queue }: Pick<RingView, 'direction' | 'queue'>): string {
  return `${direction}-${queue}`;
}

/** The positions of the chapter that is shown: after its first step, and after its last. */
export function chapterRange({ outline, position }: Pick<Scene, 'outline' | 'position'>): { from: number; to: number } {
  const index = chapterIndex(outline, position);
  const chapter = outline.chapters[index];
  return chapter === undefined ? { from: 0, to: outline.length } : { from: chapter.at + 1, to: chapterEnd(outline, index) };
}

/** The scenes with that ring alone; as they are where none of them has it. */
export function withRing(scenes: readonly Scene[], ring: string): readonly Scene[] {
  const alone = scenes.map((scene) =>
    ({ ...scene, view: { ...scene.view, rings: scene.view.rings.filter((one) => idOf(one) === ring) } }));
  return alone.some(({ view }) => view.rings.length > 0) ? alone : scenes;
}
