import { useDeferredValue, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { compareWords as t } from '../../content/compare.ts';
import { fill } from '../../content/words.ts';
import type { Layout } from '../../parts/frame-names.ts';
import { layoutWith } from '../../parts/layout.ts';
import beside from '../../parts/beside.module.css';
import { useEscape } from '../../parts/use-escape.ts';
import { useOwnRefusals } from '../../parts/use-own-refusals.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { chapterAt } from '../../store/outline.ts';
import { QUEUES } from '../../store/config.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { Comparison } from '../../store/store.ts';
import css from './compare.module.css';
import { GroupView } from './GroupView.tsx';
import { filtered, groupsOf, queuesOf, ringsOf } from './model.ts';
import type { Group } from './model.ts';

type Compared = Extract<Comparison['answer'], { kind: 'compare' }>;

/** The differences in groups, with what lies where in memory: made once an answer. */
function group({ slots, words }: Compared): { groups: readonly Group[]; layout: Layout } {
  const { memory } = layoutWith([]);
  const { rings, refs } = ringsOf(queuesOf(slots, (name) => mirror.slot(name), QUEUES.max), memory);
  const layout = layoutWith(rings);
  return { groups: groupsOf(slots, words, layout, refs), layout };
}

function total(groups: readonly Group[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function Differences({ answer }: { answer: Compared }) {
  const { groups, layout } = useMemo(() => group(answer), [answer]);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => filtered(groups, wanted, layout), [groups, wanted, layout]);
  const all = total(groups);
  if (all === 0) return <p className={css.quiet}>{t.same}</p>;
  const lines = groups.reduce((sum, { items }) => sum + items.length, 0);
  const found = fill(t.found, { count: total(shown).toLocaleString('en'), all: all.toLocaleString('en') });
  return (
    <>
      <div className={css.filter}>
        <label>
          <span className="visually-hidden">{t.filter}</span>
          <input
            type="search"
            placeholder={t.filter}
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || text === '') return;
              event.preventDefault();
              setText('');
            }}
          />
        </label>
        <output>{wanted === '' ? fill(all === 1 ? t.one : lines === all ? t.count : t.folded, { count: all.toLocaleString('en'), lines }) : found}</output>
      </div>
      <section className={css.groups} aria-label={t.title} data-scrolls>
        {shown.length === 0 && <p className={css.quiet}>{t.none}</p>}
        {shown.map((one) => (
          <GroupView key={one.place} group={one} layout={layout} searched={wanted.trim() !== ''} />
        ))}
      </section>
    </>
  );
}

/** One end of the comparison: which step it is, and the way there. */
function End({ name, at }: { name: string; at: number }) {
  const outline = useApp((state) => state.outline);
  const here = useApp((state) => state.position === at);
  const chapter = outline === null ? undefined : chapterAt(outline, at)?.title;
  return (
    <button
      type="button"
      className={`button ${css.end}`}
      aria-label={[fill(t.goTo, { name, step: at }), chapter ?? []].flat().join(', ')}
      aria-current={here ? 'step' : undefined}
      onClick={() => commands.seek(at)}
    >
      <span className={css.flag}>{name}</span>{' '}
      <span className={css.at}>{fill(t.step, { step: at })}</span>{' '}
      <span className={css.chapter}>{chapter}</span>
    </button>
  );
}

function swap(): void {
  const { marks: { a, b }, comparison } = appStore.getState();
  appStore.setState({ marks: { a: b, b: a } });
  if (comparison !== null) commands.compare(comparison.to, comparison.from);
}

/** Beside the story, and without taking the page away: both steps can be looked at meanwhile. The focus goes in, and back in the end. */
function useStand(): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const panel = box.current;
    if (panel === null) return undefined;
    const before = document.activeElement;
    panel.focus({ preventScroll: true });
    return () => {
      if (panel.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return box;
}

function Body({ answer }: { answer: Comparison['answer'] }) {
  if (answer === null) return <p className={css.quiet} role="status">{t.looking}</p>;
  if (answer.kind === 'none') return <p className={css.quiet} role="status">{answer.reason}</p>;
  return <Differences answer={answer} />;
}

function Drawer({ comparison: { from, to, answer } }: { comparison: Comparison }) {
  const title = useId();
  const box = useStand();
  useEscape();
  useOwnRefusals();
  return (
    <div
      ref={box}
      role="dialog"
      aria-labelledby={title}
      tabIndex={-1}
      className={`${beside.panel} ${css.drawer}`}
    >
      <div className={css.head}>
        <h2 id={title} className={css.title}>{t.title}</h2>
        <button type="button" className="button" aria-label={t.close} onClick={commands.closeComparison}>
          ×
        </button>
      </div>
      <div className={css.ends}>
        <End name={t.a} at={from} />
        <button type="button" className="button" aria-label={t.swap} title={t.swap} onClick={swap}>
          ⇄
        </button>
        <End name={t.b} at={to} />
      </div>
      {from > to && <p className={css.quiet} role="status">{fill(t.backwards, { from, to })}</p>}
      <Body answer={answer} />
    </div>
  );
}

/** What is different between two steps, for as long as the comparison is open. */
export default function ComparePanel() {
  const comparison = useApp((state) => state.comparison);
  return comparison === null ? null : <Drawer comparison={comparison} />;
}
