import { useEffect, useRef } from 'react';
import { fill, words } from '../../content/words.ts';
import css from './transport.module.css';

/** Keys that only lead to others. */
const LEADING: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta']);

/** What stopped the run. It lies over the page, so it goes with whatever a person does next. */
export default function StopNotice({ name, onGone }: { name: string; onGone: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const act = (event: Event): void => {
      if (event instanceof KeyboardEvent && LEADING.has(event.key)) return;
      if (!(event.target instanceof Node && box.current?.contains(event.target) === true)) onGone();
    };
    document.addEventListener('pointerdown', act, true);
    document.addEventListener('keydown', act, true);
    return () => {
      document.removeEventListener('pointerdown', act, true);
      document.removeEventListener('keydown', act, true);
    };
  }, [onGone]);
  return (
    <div ref={box} className={css.stopped}>
      <p title={name}>{fill(words.transport.stopped, { name })}</p>
      <button type="button" className="button" aria-label={words.app.dismiss} onClick={onGone}>×</button>
    </div>
  );
}
