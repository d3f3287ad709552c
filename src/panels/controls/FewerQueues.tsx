import { useId, useMemo, useState } from 'react';
import { queueWords as t } from '../../content/queues.ts';
import { fill } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { firstShortage, needsOf } from '../../store/shortage.ts';
import { useApp } from '../../store/store.ts';
import css from './controls.module.css';

/** It looks like what is said of a wrong setting, but nothing is wrong. */
const NOTE = { borderColor: 'var(--line-strong)', background: 'var(--raised)' };

/** Beside the number of queues: how many netfront makes, why not all, and the way to the step that decides it. */
export default function FewerQueues() {
  const outline = useApp((state) => state.outline);
  const id = useId();
  const [open, setOpen] = useState(false);
  const shortage = useMemo(() => (outline === null ? undefined : firstShortage(outline)), [outline]);
  if (outline === null || shortage === undefined) return null;
  const { made, position } = shortage;
  const { config } = outline.run;
  const why = fill(t.why, needsOf(made, config, config.maxGrantFrames));
  return (
    <span className={css.numberBox} onPointerEnter={() => setOpen(true)} onPointerLeave={() => setOpen(false)}>
      <button
        type="button"
        className={css.badge}
        aria-label={fill(t.name, { made, asked: config.queues })}
        aria-describedby={id}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => commands.seek(position)}
      >
        {fill(t.made, { made })}
      </button>
      <span id={id} className={open ? css.problem : 'visually-hidden'} style={NOTE}>{why}</span>
    </span>
  );
}
