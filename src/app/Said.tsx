import { useState } from 'react';
import { fill, noteOf } from '../content/words.ts';
import { layoutWith } from '../parts/layout.ts';
import { useApp } from '../store/store.ts';
import type { StepView } from '../store/store.ts';
import { stepValues } from '../store/values.ts';
import { sayStep, sayStop } from './say.ts';

/** Where playing stopped, for as long as we are there. */
function useStop(): string {
  const playing = useApp((state) => state.playing);
  const position = useApp((state) => state.position);
  const length = useApp((state) => state.outline?.length ?? 0);
  const stoppedAt = useApp((state) => state.stoppedAt);
  const breakpoints = useApp((state) => state.breakpoints);
  const [played, setPlayed] = useState(playing);
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  if (played !== playing) {
    setPlayed(playing);
    setPausedAt(playing ? null : position);
  }
  const stopped = stoppedAt !== null || pausedAt === position;
  return stopped ? `${sayStop(position, length, stoppedAt?.stop ?? null, breakpoints)} ` : '';
}

/** A step in words, made from the same data as the picture; after playing, where that stopped and why. */
export default function Said({ step }: { step: StepView }) {
  const playing = useApp((state) => state.playing);
  const config = useApp((state) => state.run.config);
  const notes = useApp((state) => state.notes);
  const rings = useApp((state) => state.stage.rings);
  const stop = useStop();
  // Screen readers could not keep up.
  if (playing) return null;
  const note = noteOf(notes, step.key);
  // The function is named in any case.
  const title = note === undefined ? step.stack.at(-1)?.label ?? '' : fill(note.title, stepValues(config, step.effects));
  return `${stop}${sayStep(step, title, layoutWith(rings))}`.replaceAll(/`|\*\*/g, '');
}
