import { useEffect, useRef, useState } from 'react';
import { controlsWords } from '../content/controls.ts';
import { words } from '../content/words.ts';
import css from './copy-button.module.css';

const t = controlsWords;
const COPIED_MS = 2000;

/** What a button that copies shows: its name, or for a moment that it has copied. Both have their room, so that it keeps its width. */
export function Swap({ name, copied }: { name: string; copied: boolean }) {
  return (
    <span className={css.swap} data-copied={copied} aria-hidden="true">
      <span>{name}</span>
      <span>{t.copied}</span>
    </span>
  );
}

/** Copies a text that is made when the button is pressed; where the browser refuses, shows it to be copied by hand. */
export function CopyButton({ name, make }: { name: string; make: () => string }) {
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState<string | null>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    const text = make();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setByHand(null);
    } catch {
      setByHand(text);
    }
  };
  return (
    <span className={css.copy}>
      <button type="button" className="button" aria-label={name} onClick={() => void copy()}>
        <Swap name={name} copied={copied} />
      </button>
      <span className="visually-hidden" role="status">
        {copied ? t.copied : ''}
      </span>
      {byHand !== null && <ByHand text={byHand} onClose={() => setByHand(null)} />}
    </span>
  );
}

function ByHand({ text, onClose }: { text: string; onClose: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <span className={css.byHand} role="dialog" aria-label={t.copyFailed}>
      <span>{t.copyFailed}</span>
      <textarea
        ref={field}
        readOnly
        rows={4}
        value={text}
        aria-label={t.copyFailed}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      />
      <button type="button" className="button" onClick={onClose}>
        {words.app.close}
      </button>
    </span>
  );
}
