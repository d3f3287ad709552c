import { useEffect, useRef, useState } from 'react';
import { words } from '../../content/words.ts';
import { THEMES, appStore, useApp } from '../../store/store.ts';
import type { Theme } from '../../store/store.ts';
import { currentAddress, embedSnippet } from '../../store/share.ts';
import css from './controls.module.css';

const t = words.controls;
const COPIED_MS = 2000;

/**
 * Copies a text that is made when the button is pressed; where the browser refuses, shows it to be copied by
 * hand.
 */
function CopyButton({ name, make }: { name: string; make: () => string }) {
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
        <span className={css.swap} data-copied={copied} aria-hidden="true">
          <span>{name}</span>
          <span>{t.copied}</span>
        </span>
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
        {words.help.close}
      </button>
    </span>
  );
}

/** Copies the address of this step. */
export function CopyLink() {
  return <CopyButton name={t.copyLink} make={() => currentAddress(appStore.getState(), location.href)} />;
}

/** Copies what a documentation page needs to show this step. */
export function CopyEmbed() {
  return <CopyButton name={t.embed} make={() => embedSnippet(appStore.getState(), location.href)} />;
}

/** Light, dark, or as the system says. */
export function ThemeChoice() {
  const theme = useApp((state) => state.theme);
  return (
    <label className={css.field}>
      <span className="visually-hidden">{t.theme}</span>
      <select
        className="button"
        value={theme}
        title={t.theme}
        onChange={({ target }) => appStore.setState({ theme: target.value as Theme })}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
