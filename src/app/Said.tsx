import { useMemo, useState } from 'react';
import { headingOf, noteFor } from '../content/words.ts';
import { layoutWith } from '../parts/layout.ts';
import { appStore, useApp } from '../store/store.ts';
import type { StepView } from '../store/store.ts';
import { turnOfStep } from '../store/turn.ts';
import { stepValues } from '../store/values.ts';
import { sayStep, sayStop } from './say.ts';

/** Where playing stopped, for as long as we are there. Renders for nothing else than that. */
function useStop(): string {
  const playing = useApp((state) => state.playing);
  const stoppedAt = useApp((state) => state.stoppedAt);
  const [played, setPlayed] = useState(playing);
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const paused = useApp((state) => state.position === pausedAt);
  const { position, outline, breakpoints } = appStore.getState();
  if (played !== playing) {
    setPlayed(playing);
    setPausedAt(playing ? null : position);
  }
  if (stoppedAt === null && !paused) return '';
  return `${sayStop(position, outline?.length ?? 0, stoppedAt?.stop ?? null, breakpoints)} `;
}

/** A step in words, made from the same data as the picture; after playing, where that stopped and why. */
export default function Said({ step }: { step: StepView }) {
  const playing = useApp((state) => state.playing);
  const notes = useApp((state) => state.notes);
  const stop = useStop();
  const said = useMemo(() => {
    // Screen readers could not keep up.
    if (playing) return '';
    const { run, stage, outline } = appStore.getState();
    const note = noteFor(notes, step.key, step.effects);
    // The function is named in any case.
    const title =
      note === undefined ? (step.stack.at(-1)?.label ?? '') : headingOf(note, stepValues(run.config, step.effects));
    return sayStep(step, title, layoutWith(stage.rings), turnOfStep(outline, step));
  }, [playing, notes, step]);
  return said === '' ? null : `${stop}${said}`.replaceAll(/`|\*\*/g, '');
}
