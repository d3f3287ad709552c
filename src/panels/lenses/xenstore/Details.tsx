import { useEffect, useState } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { fill, words } from '../../../content/words.ts';
import { colourOf } from '../../../geometry/timeline.ts';
import { ScrollEdge } from '../../../parts/ScrollEdge.tsx';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import { commands } from '../../../store/commands.ts';
import { useSettled } from '../../../store/settled.ts';
import { useApp } from '../../../store/store.ts';
import type { Answer } from '../../../store/store.ts';
import { writerParty } from '../../../store/stage/xenstore.ts';
import { keySubject } from '../../../store/subjects.ts';
import { historyOf } from './history.ts';
import type { HistoryRow } from './history.ts';
import type { Node, SetWatch } from './tree.ts';
import { watchesFor } from './tree.ts';
import { permsWords } from './words.ts';
import css from './xenstore.module.css';

const t = tableWords.xenstore;

type Writes = Extract<Answer, { kind: 'writers' | 'none' }>;

/** All that was ever written to a key in the open run; null until the answer is there. */
function useHistory(path: string): Writes | null {
  const outline = useApp((state) => state.outline);
  const [known, setKnown] = useState<{ path: string; outline: unknown; answer: Writes } | null>(null);
  useEffect(
    () => commands.history({ cell: 'slot', name: `xs:node:${path}`, part: [] }, (answer) => setKnown({ path, outline, answer })),
    [path, outline],
  );
  return known?.path === path && known.outline === outline ? known.answer : null;
}

function Step({ row: { position, thread, party, shown, what } }: { row: HistoryRow }) {
  const here = useSettled((state) => state.position);
  return (
    <li data-hot={position === here || undefined} data-later={position > here || undefined}>
      <button type="button" className={css.step} aria-label={fill(t.toStepName, { n: position, what })}
        aria-current={position === here ? 'step' : undefined} onClick={() => commands.seek(position)}>
        {fill(t.toStep, { n: position })}
      </button>
      <span className={css.by} data-party={colourOf(thread, party)} title={thread}>{shown}</span>
      <span className={css.what}>{what}</span>
    </li>
  );
}

function History({ path }: { path: string }) {
  const answer = useHistory(path);
  if (answer === null) return <p className={css.quiet}>{t.historyWait}</p>;
  if (answer.kind === 'none') return <p className={css.quiet}>{fill(t.historyFailed, { reason: answer.reason })}</p>;
  const rows = historyOf(answer.writes);
  if (rows.length === 0) return <p className={css.quiet}>{t.historyNone}</p>;
  return (
    <>
      <ol className={css.history}>{rows.map((row) => <Step key={row.position} row={row} />)}</ol>
      <p className={css.quiet}>{t.historyNote}</p>
    </>
  );
}

function Watchers({ path, watches }: { path: string; watches: readonly SetWatch[] }) {
  const concerned = watchesFor(path, watches);
  if (concerned.length === 0) return <p className={css.quiet}>{t.noWatch}</p>;
  return (
    <ul className={css.watchers}>
      {concerned.map(({ who, path: at, fired }, i) => (
        // Nothing else tells two watches of one connection on one path apart.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${who} ${at} ${i}`} data-hot={fired || undefined}>
          {fill(at === path ? t.watchHere : t.watchAbove, { who: words.party[who], path: at })}
          {fired && ` · ${fill(t.fired, { who: words.party[who] })}`}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  path: string;
  /** Null where there is none at this step. */
  node: Node | null;
  watches: readonly SetWatch[];
  onClose: () => void;
}

/** Everything about one key: its value, who may use it, who watches it, and all that was ever written to it. */
export function Details({ path, node, watches, onClose }: Props) {
  return (
    // A box that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={css.details} aria-label={fill('{what} {path}', { what: t.details, path })} data-scrolls tabIndex={0}>
      <header className={css.title}>
        <h3>{path}</h3>
        <button type="button" className={css.close} aria-label={t.close} title={t.close} onClick={onClose}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg>
        </button>
      </header>
      {node === null ? <p className={css.quiet}>{t.absent}</p> : (
        <>
          <h4>{t.value}</h4>
          <p className={css.whole}>
            <WhoWrote of={() => keySubject(path)}>{node.value === '' ? t.blank : node.value}</WhoWrote>
            {' · '}
            <span className={css.who} data-party={writerParty(node.writer)}>
              {node.writer === null ? t.planted : fill(t.by, { who: words.party[node.writer] })}
            </span>
          </p>
        </>
      )}
      <h4>{t.history}</h4>
      <History path={path} />
      {node !== null && (
        <>
          <h4>{t.watchers}</h4>
          <Watchers path={path} watches={watches} />
          <h4>{t.perms} <code>{node.perms.join(' ')}</code></h4>
          <ul className={css.watchers}>{permsWords(node.perms).map((line) => <li key={line}>{line}</li>)}</ul>
        </>
      )}
      <ScrollEdge edge="below" says={words.lenses.below} />
    </section>
  );
}
