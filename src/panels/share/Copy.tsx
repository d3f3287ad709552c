import { useEffect, useId, useRef, useState } from 'react';
import { shareWords as t } from '../../content/share.ts';
import { Swap } from '../../parts/CopyButton.tsx';
import css from './share.module.css';

const COPIED_MS = 2000;

interface CopyProps {
  /** What it is called; what it shows is shorter. */
  name: string;
  copy: () => Promise<void>;
  /** What to do where the browser refuses. */
  refused: string;
  onRefused?: () => void;
}

/** A button that copies, and says beside it that it has, or what to do instead. */
export function Copy({ name, copy, refused, onRefused }: CopyProps) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said !== 'copied') return undefined;
    const timer = setTimeout(() => setSaid(null), COPIED_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const press = async (): Promise<void> => {
    try {
      await copy();
      setSaid('copied');
    } catch {
      setSaid('refused');
      onRefused?.();
    }
  };
  return (
    <>
      <button type="button" className="button" aria-label={name} onClick={() => void press()}>
        <Swap name={t.copy} copied={said === 'copied'} />
      </button>
      <span className={said === 'refused' ? css.refused : 'visually-hidden'} role="status">
        {said === null ? '' : said === 'copied' ? t.copied : refused}
      </span>
    </>
  );
}

/** A text to be copied, by a button or by hand. */
export function CopyField({ label, name, text, rows }: {
  label: string;
  name: string;
  text: string;
  /** Where the browser cannot make it as high as its text. */
  rows: number;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  return (
    <div className={css.field}>
      <div className={css.above}>
        <label htmlFor={id}>{label}</label>
        <Copy name={name} copy={() => navigator.clipboard.writeText(text)} refused={t.refused} onRefused={() => field.current?.select()} />
      </div>
      <textarea ref={field} id={id} readOnly rows={rows} value={text} spellCheck={false} />
    </div>
  );
}
