import { useId, useState } from 'react';
import { controlsWords } from '../../content/controls.ts';
import { commands } from '../../store/commands.ts';
import { FRAMES, readFrames } from '../../store/config.ts';
import { appStore, useApp } from '../../store/store.ts';
import css from './controls.module.css';

/**
 * The limit of the guest's grant table. Applied on Enter or when the field is left; a wrong number stays and
 * says why.
 */
export function GrantFrames() {
  const frames = useApp((state) => state.run.config.maxGrantFrames);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useId();
  const message = useId();
  const apply = (text: string): void => {
    const read = readFrames(text);
    if ('problem' in read) return setProblem(read.problem);
    setDraft(null);
    setProblem(null);
    if (read.frames !== appStore.getState().run.config.maxGrantFrames)
      commands.configure({ maxGrantFrames: read.frames });
  };
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={field}>
        <span className={css.of}>{controlsWords.framesOf} </span>{controlsWords.frames}
      </label>
      <span className={css.numberBox}>
        <input
          id={field}
          className={css.number}
          type="number"
          inputMode="numeric"
          min={FRAMES.min}
          max={FRAMES.max}
          value={draft ?? frames}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : message}
          onChange={({ target }) => {
            setDraft(target.value);
            if (problem !== null && 'frames' in readFrames(target.value)) setProblem(null);
          }}
          onBlur={({ target }) => apply(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply(event.currentTarget.value);
            if (event.key !== 'Escape' || draft === null) return;
            event.preventDefault();
            apply(String(frames));
          }}
        />
        {problem !== null && (
          <span id={message} role="alert" className={css.problem}>
            {problem}
          </span>
        )}
      </span>
    </div>
  );
}
