import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { RingView } from '../view.ts';
import { address, hex, ringName } from './words.ts';

/** Where the pages of a mapped ring lie, by address and in the machine. */
export function framesSentence(ring: RingView): string {
  const frames = ring.pages.map(({ mfn }) => mfn);
  const scattered = frames.some((mfn, at) => at > 0 && mfn !== frames[at - 1]! + 1);
  const sentence = fill(w.frames.sentence, {
    ring: ringName(ring), count: frames.length, address: ring.vaddr === null ? '–' : address(ring.vaddr),
    frames: frames.map(hex).join(', '),
  });
  return frames.length < 2 ? sentence : `${sentence}; ${scattered ? w.frames.scattered : w.frames.adjacent}`;
}
