import { Suspense, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { faithfulWords } from '../content/faithful.ts';
import { helpWords } from '../content/help.ts';
import { tourQuestions, tourStops } from '../content/tour.ts';
import { fill, words } from '../content/words.ts';
import { lazy } from '../parts/lazy.ts';
import { ScrollEdge } from '../parts/ScrollEdge.tsx';
import { appStore, useApp } from '../store/store.ts';
import type { Party } from '../store/store.ts';
import { startTour, tourWaitsAt } from '../store/tour.ts';
import css from './help.module.css';

/** Many words that few read: they come when the help opens. */
const Fidelity = lazy(() => import('./Fidelity.tsx'));
const Glossary = lazy(() => import('./Glossary.tsx'));
const Myths = lazy(async () => ({ default: (await import('../panels/tour/Myths.tsx')).Myths }));

const t = helpWords;
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
  ['1 … 7', t.tabs],
  ['/', t.slash],
  ['B', t.breakpoint],
  ['[', t.markA],
  [']', t.markB],
  ['=', t.compare],
  ['?', t.question],
];

/** Words that come when they are asked for. */
function Folded({ title, children }: { title: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
      </summary>
      {open && <Suspense fallback={<p className={css.hint}>{faithfulWords.coming}</p>}>{children}</Suspense>}
    </details>
  );
}

/** What the button of the tour does: it begins, goes on where somebody ended it, or shows its results again. */
function tourText(): string {
  const waits = tourWaitsAt();
  if (waits === null) return t.tour;
  const n = waits.at + 1;
  switch (waits.part) {
    case 'stops':
      return fill(t.tourOnStop, { n, count: tourStops.length });
    case 'questions':
      return fill(t.tourOnQuestion, { n, count: tourQuestions.length });
    case 'results':
      return t.tourOnResults;
  }
}

export type HelpAbout = 'keys' | 'fidelity';

interface Props {
  /** What of it to show first. */
  about: HelpAbout;
  onClose: () => void;
  /** Shows the state as text, in place of the help. */
  onText: () => void;
}

/**
 * What the page is, its keys and the switch that turns single keys off, and how faithful the run is. Open for
 * as long as it is there.
 */
export default function Help({ about, onClose, onText }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLHeadingElement>(null);
  const shortcuts = useApp((state) => state.shortcuts);
  const mode = useApp((state) => state.engineMode);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    if (about === 'fidelity') {
      list.current?.focus();
      list.current?.scrollIntoView();
    }
  }, [about]);
  const close = (): void => dialog.current?.close();
  const takeTour = (): void => {
    close();
    startTour();
  };
  return (
    <dialog ref={dialog} className={css.help} aria-labelledby="help-title" onClose={onClose}>
      <header className={css.helpHead}>
        <h2 id="help-title">{t.title}</h2>
        <button type="button" className="button" onClick={close}>
          {words.app.close}
        </button>
      </header>
      <p>{t.intro}</p>
      <p className={css.tour}>
        <button type="button" className="button" onClick={takeTour}>
          {tourText()}
        </button>
        <span className={css.hint}>{t.tourHow}</span>
      </p>
      <p className={css.tour}>
        <button
          type="button"
          className="button"
          onClick={() => {
            dialog.current?.close();
            onText();
          }}
        >
          {words.app.asText}
        </button>
        <span className={css.hint}>{t.asText}</span>
      </p>
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
      <Folded title={t.glossary}>
        <Glossary />
      </Folded>
      <Folded title={t.myths}>
        <Myths onGo={close} />
      </Folded>
      <h3 ref={list} tabIndex={-1}>
        {faithfulWords.title}
      </h3>
      <div className={css.fidelity}>
        <Suspense fallback={<p className={css.hint}>{faithfulWords.coming}</p>}>
          <Fidelity />
        </Suspense>
      </div>
      <ScrollEdge edge="below" says={words.lenses.below} />
    </dialog>
  );
}
