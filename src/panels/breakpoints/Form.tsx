import { useId, useState } from 'react';
import type { ChangeEvent, FormEvent } from 'react';
import { breakpointWords } from '../../content/breakpoints.ts';
import { fill } from '../../content/words.ts';
import { breakpointAt } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { appStore, useApp } from '../../store/store.ts';
import css from './breakpoints.module.css';
import { codeOf, EMPTY, ENDS, functionsOf, grantOffers, KINDS, lastRef, pathsOf, readDraft } from './model.ts';
import type { Draft, GrantOffer, Kind } from './model.ts';

const t = breakpointWords;
const noKeys: readonly string[] = [];

/** What a field with a text offers; made when its kind is chosen. */
function offersOf(kind: Kind, keys: readonly string[]): readonly string[] {
  if (kind === 'function') return functionsOf(codeOf(keys));
  if (kind === 'line') return codeOf(keys);
  return kind === 'key' ? pathsOf(mirror.slots.keys()) : [];
}

function StateFields({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  return (
    <>
      <select
        className="button"
        aria-label={t.fields.end}
        value={draft.end}
        onChange={({ target }) => onChange({ end: ENDS.find((end) => end === target.value) ?? draft.end })}
      >
        {ENDS.map((end) => <option key={end} value={end}>{t.ends[end]}</option>)}
      </select>
      <select
        className="button"
        aria-label={t.fields.state}
        value={draft.state}
        onChange={({ target }) => onChange({ state: Number(target.value) })}
      >
        {t.states.map((state, index) => <option key={state} value={index}>{`${t.fields.state} ${state}`}</option>)}
      </select>
    </>
  );
}

/** The entries of the rings by name, and the way to any other; null stands for a number of one's own. */
function Entries({ offers, entry, onChoose }: {
  offers: readonly GrantOffer[]; entry: number | null; onChoose: (entry: number | null) => void;
}) {
  return (
    <select
      className="button"
      aria-label={t.fields.entry}
      value={entry ?? ''}
      onChange={({ target }) => onChoose(target.value === '' ? null : Number(target.value))}
    >
      {offers.map(({ ref, name }) => <option key={ref} value={ref}>{name}</option>)}
      <option value="">{t.anotherEntry}</option>
    </select>
  );
}

/** What is to be filled in; where no entry can be chosen by name, also where one can. */
function hintOf({ kind, entry }: Draft, offers: readonly GrantOffer[], last: number): string {
  if (kind === 'state') return '';
  if (kind !== 'grant') return t.hints[kind];
  if (entry !== null) return t.hints.entry;
  const hint = fill(t.hints.grant, { last });
  return offers.length > 0 ? hint : `${t.hints.noEntry} ${hint}`;
}

/** Adds a breakpoint. What is wrong with it is said beneath its field. */
export function Form() {
  const [held, setDraft] = useState<Draft>(EMPTY);
  const [problem, setProblem] = useState<string | null>(null);
  const keys = useApp(({ outline }) => outline?.keys ?? noKeys);
  const offers = grantOffers(useApp(({ stage }) => stage.rings));
  const maxGrantFrames = useApp(({ run }) => run.config.maxGrantFrames);
  const id = useId();
  // One that was chosen may be offered no more.
  const draft: Draft = { ...held, entry: offers.some(({ ref }) => ref === held.entry) ? held.entry : null };
  const { kind, entry } = draft;
  function change(part: Partial<Draft>): void {
    setDraft({ ...draft, ...part });
    setProblem(null);
  }
  function onKind({ target }: ChangeEvent<HTMLSelectElement>): void {
    change({ kind: KINDS.find((one) => one === target.value) ?? kind, text: '', entry: offers[0]?.ref ?? null });
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const read = readDraft(draft, { keys, maxGrantFrames, mirror });
    if ('problem' in read) return setProblem(read.problem);
    const { breakpoints } = appStore.getState();
    if (breakpointAt(breakpoints, read.stop) !== undefined) return setProblem(t.there);
    commands.setBreakpoints([...breakpoints, { ...read, on: true }]);
    change({ text: '' });
  }
  const hint = hintOf(draft, offers, lastRef(maxGrantFrames));
  return (
    <form className={css.form} aria-label={t.add} noValidate onSubmit={onSubmit}>
      <label className={css.kind}>
        <span>{t.kind}</span>
        <select className="button" value={kind} onChange={onKind}>
          {KINDS.map((one) => <option key={one} value={one}>{t.kinds[one]}</option>)}
        </select>
      </label>
      <div className={css.fields}>
        {kind === 'state' && <StateFields draft={draft} onChange={change} />}
        {kind === 'grant' && offers.length > 0 && (
          <Entries offers={offers} entry={entry} onChoose={(to) => change({ entry: to, text: '' })} />
        )}
        {kind !== 'state' && (kind !== 'grant' || entry === null) && (
          <input
            className={css.text}
            aria-label={t.fields[kind]}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-hint`}
            placeholder={t.fields[kind]}
            list={`${id}-offers`}
            inputMode={kind === 'grant' ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={draft.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        )}
        <button type="submit" className="button">{t.addIt}</button>
      </div>
      <datalist id={`${id}-offers`}>
        {offersOf(kind, keys).map((offer) => <option key={offer}>{offer}</option>)}
      </datalist>
      <p id={`${id}-hint`} className={css.hint} data-wrong={problem !== null} role="status">{problem ?? hint}</p>
    </form>
  );
}
