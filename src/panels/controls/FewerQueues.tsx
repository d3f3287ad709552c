import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { queueWords as t } from '../../content/queues.ts';
import { fill } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { firstShortage, needsOf } from '../../store/shortage.ts';
import { useApp } from '../../store/store.ts';
import css from './controls.module.css';

/** How long the reason stays when the pointer has left, so that it can be reached. */
const STAY_MS = 160;

/** Is the reason shown? Only to who points at it, comes to it by keyboard or presses it; Escape or a press elsewhere ends that. */
function useAsked() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // It lies over all that the key could close.
      event.preventDefault();
      setOpen(false);
    };
    const onPointerDown = ({ target }: Event): void => {
      if (!(target instanceof Node && box.current?.contains(target))) setOpen(false);
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('pointerdown', onPointerDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('pointerdown', onPointerDown);
    };
  }, [open]);
  useEffect(() => () => clearTimeout(leaving.current), []);
  const on = {
    // What comes to lie under a pointer that rests was not asked for.
    onPointerMove: ({ pointerType, movementX, movementY }: PointerEvent): void => {
      clearTimeout(leaving.current);
      if (pointerType !== 'touch' && (movementX !== 0 || movementY !== 0)) setOpen(true);
    },
    onPointerLeave: ({ pointerType, currentTarget }: PointerEvent): void => {
      if (pointerType === 'touch' || currentTarget.querySelector(':focus-visible') !== null) return;
      leaving.current = setTimeout(() => setOpen(false), STAY_MS);
    },
  };
  return { open, setOpen, box, on };
}

/** Beside the number of queues: how many netfront makes, why not all, and the way to the step that decides it. */
export default function FewerQueues() {
  const outline = useApp((state) => state.outline);
  const id = useId();
  const { open, setOpen, box, on } = useAsked();
  const shortage = useMemo(() => (outline === null ? undefined : firstShortage(outline)), [outline]);
  if (outline === null || shortage === undefined) return null;
  const { made, position } = shortage;
  const { config } = outline.run;
  const why = fill(t.why, needsOf(made, config, config.maxGrantFrames));
  return (
    <span ref={box} className={css.numberBox} {...on}>
      <button
        type="button"
        className={css.badge}
        aria-label={fill(t.name, { made, asked: config.queues })}
        aria-describedby={id}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onClick={() => {
          setOpen(true);
          commands.seek(position);
        }}
      >
        {fill(t.made, { made })}
      </button>
      <span id={id} className={open ? `${css.problem} ${css.note}` : 'visually-hidden'}>{why}</span>
    </span>
  );
}
