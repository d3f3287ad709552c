import { useId, useState } from 'react';
import type { SubmitEvent } from 'react';
import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import { parseOffset } from './lines.ts';
import css from './memory.module.css';

/** A field for an offset in the page, that says what is wrong with what is no offset. */
export function JumpTo({ onJump }: { onJump: (offset: number) => void }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const offset = parseOffset(text);
    if (typeof offset === 'number') onJump(offset);
    setWrong(typeof offset === 'number' ? null : fill(t.wrong[offset.wrong], { text: text.trim() }));
  };
  return (
    <form className={css.jump} onSubmit={onSubmit} noValidate>
      <input
        type="text"
        className={css.input}
        value={text}
        size={7}
        placeholder={t.offset}
        aria-label={t.offset}
        autoComplete="off"
        spellCheck={false}
        title={t.offsetHow}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-wrong`}
        onChange={({ target }) => {
          setText(target.value);
          setWrong(null);
        }}
      />
      <button type="submit" className={`button ${css.go}`}>{t.go}</button>
      <span id={`${id}-wrong`} role="status" className={css.wrong} hidden={wrong === null}>{wrong}</span>
    </form>
  );
}
