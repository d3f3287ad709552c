import { useEffect, useRef } from 'react';
import { words } from '../content/words.ts';
import { appStore, useApp } from '../store/store.ts';
import type { Party } from '../store/store.ts';
import css from './help.module.css';

const t = words.help;
const PARTIES: readonly Party[] = ['domU', 'dom0', 'xen', 'xenstored', 'toolstack'];
const KEYS: readonly (readonly [string, string])[] = [
  ['Space', t.space],
  ['→', t.right],
  ['←', t.left],
  ['↑', t.up],
  ['Page Down', t.pageDown],
  ['Page Up', t.pageUp],
  ['Home', t.home],
  ['End', t.end],
  ['?', t.question],
];

/** What the page is, its keys, and the switch that turns single keys off. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const shortcuts = useApp((state) => state.shortcuts);
  const mode = useApp((state) => state.engineMode);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={css.help} aria-labelledby="help-title" onClose={onClose}>
      <header className={css.helpHead}>
        <h2 id="help-title">{t.title}</h2>
        <button type="button" className="button" onClick={onClose}>
          {t.close}
        </button>
      </header>
      <p>{t.intro}</p>
      <h3>{t.keys}</h3>
      <dl className={css.keys} data-off={!shortcuts}>
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={shortcuts}
          onChange={({ target }) => appStore.setState({ shortcuts: target.checked })}
        />
        {t.shortcuts}
      </label>
      <p className={css.hint}>{t.shortcutsHow}</p>
      <h3>{t.colours}</h3>
      <ul className={css.parties}>
        {PARTIES.map((party) => (
          <li key={party} data-party={party}>
            {words.party[party]}
          </li>
        ))}
      </ul>
      <p className={css.hint}>
        {t.sources} {mode === 'in-process' ? t.inProcess : t.worker}
      </p>
    </dialog>
  );
}
