import { useEffect, useRef } from 'react';
import { words } from '../../content/words.ts';
import { Breakable } from '../../parts/Breakable.tsx';
import css from './stop-notice.module.css';

/** Keys that only lead to others. */
const LEADING: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta']);

interface StopNoticeProps {
  text: string;
  className?: string | undefined;
  onGone: () => void;
}

/** Why the run stands still. It lies over the page, and goes with whatever a person does next. */
export default function StopNotice({ text, className = '', onGone }: StopNoticeProps) {
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
    <div ref={box} className={`${css.stopped} ${className}`}>
      <p title={text}><Breakable text={text} /></p>
      <button type="button" className="button" aria-label={words.app.dismiss} onClick={onGone}>×</button>
    </div>
  );
}
