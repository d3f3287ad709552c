import { useId } from 'react';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import { ringChoice } from '../../../store/ring-choice.ts';
import type { readSlot } from './model.ts';
import css from './rings.module.css';

interface Props {
  slots: number;
  typed: string;
  chosen: ReturnType<typeof readSlot>;
}

/** The number of the slot to look at, and what is wrong with it. */
export function SlotField({ slots, typed, chosen }: Props) {
  const id = useId();
  const last = slots - 1;
  const wrong = chosen !== null && 'problem' in chosen ? chosen : null;
  return (
    <span className={css.field}>
      <label htmlFor={id}>{t.choose}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        size={6}
        value={typed}
        title={fill(t.chooseHow, { last })}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={(event) => ringChoice.setState({ slot: event.target.value })}
      />
      <span id={`${id}-wrong`} role="status" className={css.wrong}>
        {wrong !== null && fill(t[wrong.problem], { typed: wrong.typed, last, instead: wrong.instead })}
      </span>
    </span>
  );
}
