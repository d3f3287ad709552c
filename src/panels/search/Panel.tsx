import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { searchWords as t } from '../../content/search.ts';
import type { Note } from '../../content/schema.ts';
import { withBackend } from '../../content/variants.ts';
import { fill, headingOf, noteFor, noteOf, spansOf, titleOf } from '../../content/words.ts';
import type { Values } from '../../content/words.ts';
import { useRecords } from '../../parts/use-part.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { AppState, StepRecord } from '../../store/store.ts';
import { stepValues } from '../../store/values.ts';
import { countOf, indexOf, numberOf, piecesOf, search, searchByOne } from './model.ts';
import type { Found, Group, Index, Result, Target } from './model.ts';
import { indexResults, logResults } from './state.ts';
import css from './search.module.css';

/** Whose names are the machine's own. */
const CODE: ReadonlySet<Group> = new Set(['functions', 'lines', 'keys', 'logs']);

const NODE = 'xs:node:';

/** `records` are those of all steps; null where they have not come yet. */
function indexNow({ outline, position, notes, terms, run, stage, scenarios }: AppState, records: readonly StepRecord[] | null): Index | null {
  if (outline === null) return null;
  const keyOf = (n: number): string => outline.keys[outline.key[n]!]!;
  const effectsOf = (n: number): StepRecord['effects'] => records?.[n]?.effects ?? [];
  const isRefused = (n: number): boolean => noteFor(notes, keyOf(n), effectsOf(n)) !== noteOf(notes, keyOf(n));
  return indexOf({
    outline,
    position,
    titleOf: (n) => {
      const note = noteFor(notes, keyOf(n), effectsOf(n));
      const values = stepValues(run.config, effectsOf(n));
      return note === undefined ? titleOf(notes, keyOf(n), values) : headingOf(note, values);
    },
    textOf: (n) => {
      const note = noteFor(notes, keyOf(n), effectsOf(n));
      if (note === undefined || records === null) return '';
      return textOf(isRefused(n) ? note : withBackend(note, run.config.backend), stepValues(run.config, effectsOf(n)));
    },
    refusedAt: isRefused,
    terms: terms ?? [],
    paths: [...mirror.slots.keys()].filter((name) => name.startsWith(NODE)).map((name) => name.slice(NODE.length)).sort(),
    acts: stage.acts,
    indexes: indexResults(stage.rings),
    logs: logResults(stage),
    scenarios,
    lastRef: run.config.maxGrantFrames * GRANTS_PER_FRAME.v1 - 1,
    mirror,
  });
}

/** Everything that a note says, without its marks. Nothing here says whose notes "the notes" are, with which the project began. */
function textOf({ text, why, myth }: Note, values: Values): string {
  const all = [text, why, myth?.said.replace(/^The notes/, t.notes), myth?.does];
  return fill(all.filter((one) => one !== undefined).join(' '), values).replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ');
}

function isOff({ target }: Result): boolean {
  return target.kind === 'act' && target.act.refusal !== null;
}

function go(target: Exclude<Target, { kind: 'query' }>): void {
  switch (target.kind) {
    case 'position':
      return commands.seek(target.position);
    case 'subject':
      return commands.inquire(target.subject);
    case 'act':
      return commands.act(target.act.id);
    case 'scenario':
      return commands.openScenario(target.scenario);
  }
}

function showOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}

/** A text in which what was typed is marked. */
function Marked({ text, query }: { text: string; query: string }) {
  return piecesOf(text, query).map((piece, index) => (
    // The pieces of one text never change places.
    // oxlint-disable-next-line react/no-array-index-key
    piece.hit ? <mark key={index} className={css.hit}>{piece.text}</mark> : <span key={index}>{piece.text}</span>
  ));
}

/** The same of words that have marks of their own. */
function MarkedProse({ text, query }: { text: string; query: string }) {
  return spansOf(text).map(({ look, text: span }, index) => {
    const marked = <Marked text={span} query={query} />;
    // oxlint-disable-next-line react/no-array-index-key
    return look === 'code' ? <code key={index}>{marked}</code> : <span key={index}>{marked}</span>;
  });
}

interface ResultsProps {
  id: string;
  query: string;
  found: readonly Found[];
  looked: Result | undefined;
  onPick: (result: Result) => void;
}

function Results({ id, query, found, looked, onPick }: ResultsProps) {
  return (
    <div className={css.results} id={`${id}-list`} role="listbox" aria-label={t.results}>
      {found.map(({ group, results, more }) => (
        <div key={group} role="group" aria-label={t.groups[group]}>
          <div className={css.group} aria-hidden="true">
            {t.groups[group]}
            {more > 0 && <span>{fill(t.more, { count: more })}</span>}
          </div>
          {results.map((result) => (
            // The field has the focus and the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={result.id}
              id={`${id}-${result.id}`}
              role="option"
              className={css.option}
              ref={result === looked ? showOption : undefined}
              aria-selected={result === looked}
              aria-disabled={isOff(result)}
              onClick={() => onPick(result)}
            >
              <span className={css.name} data-code={CODE.has(group)}><Marked text={result.name} query={query} /></span>
              {result.words !== '' && <span className={css.words}><MarkedProse text={result.words} query={query} /></span>}
              <span className={css.leads}>{result.leads}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Finds steps, functions, lines, keys, grant entries, chapters, acts, scenarios and terms by their names and by what is said of them, and goes there; `onGo` is told. */
export default function SearchPanel({ onGo }: { onGo?: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  // What there is when it opens: the page behind it stands still.
  const notes = useApp((state) => state.notes);
  const terms = useApp((state) => state.terms);
  const outline = useApp((state) => state.outline);
  const steps = useRecords(outline, outline === null ? null : outline.length);
  const records = steps.kind === 'here' ? steps.all : null;
  const index = useMemo(() => indexNow({ ...appStore.getState(), notes, terms }, records), [notes, terms, records]);
  const all = useMemo(() => (index === null ? [] : search(index, query)), [index, query]);
  const byOne = useMemo(() => (index === null || all.length > 0 ? null : searchByOne(index, query)), [index, all, query]);
  const found = byOne?.found ?? all;
  const results = found.flatMap((one) => one.results);
  const looked = results[Math.min(at, results.length - 1)];
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    field.current?.focus();
  }, []);
  function ask(next: string): void {
    setQuery(next);
    setAt(0);
    field.current?.focus();
  }
  function pick(result: Result): void {
    if (isOff(result)) return;
    const { target } = result;
    if (target.kind === 'query') return ask(target.query);
    dialog.current?.close();
    // Whoever goes to a step wants to go on from there: what had the focus before, and gets it back, would keep the arrows.
    if (target.kind !== 'subject' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    go(target);
    onGo?.();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && looked !== undefined) pick(looked);
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, results.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  }
  const nothing = results.length === 0 && query.trim() !== '';
  return (
    <dialog ref={dialog} className={css.palette} aria-labelledby={`${id}-title`} onClose={() => commands.show(null)}>
      <div className={css.head}>
        <h2 id={`${id}-title`}>{t.title}</h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>{t.close}</button>
      </div>
      <input
        ref={field}
        className={css.field}
        role="combobox"
        aria-label={t.field}
        aria-expanded={results.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={looked === undefined ? undefined : `${id}-${looked.id}`}
        aria-autocomplete="list"
        placeholder={t.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={query}
        onChange={({ target }) => ask(target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={css.said} role="status">
        {nothing ? (
          <>
            <p className={css.nothing}>{fill(t.nothing, { query: query.trim() })}</p>
            <p>
              {numberOf(query) === undefined || index === null
                ? t.hint
                : fill(t.beyond, { steps: index.outline.length, last: index.lastRef })}
            </p>
          </>
        ) : (
          <p>
            {query.trim() === '' ? t.hint
              : byOne === null ? fill(t.count, { count: countOf(found) })
                : fill(t.byOne, { query: query.trim(), word: byOne.word })}
          </p>
        )}
      </div>
      <Results id={id} query={byOne?.word ?? query} found={found} looked={looked} onPick={pick} />
    </dialog>
  );
}
