import { Suspense, memo, useEffect, useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { scrollToShow } from '../../geometry/stage-list.ts';
import { GRANT_ROW_HEIGHT } from '../../geometry/stage-zones.ts';
import { lazy } from '../../parts/lazy.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { grantFlagSubject, grantSubject } from '../../store/subjects.ts';
import type { GrantRowView } from '../../store/view.ts';
import { hotItem } from '../../store/stage/lists.ts';
import { lineOf } from './model.ts';
import { MoreOf } from './MoreOf.tsx';
import type { GrantItem } from '../../store/stage/lists.ts';
import { Scroll } from './Scroll.tsx';
import { pickQueue, useGrantItems, useStage, useStageStore } from './store.ts';
import { handleSubject, mappingSubject } from './subjects.ts';
import { grantSentence, groupBytes, isLit, LAMPS, whyNone } from '../../store/stage/words.ts';
import { useBegun } from './begun.ts';
import type { Explainable } from './Explained.tsx';
import css from './xen.module.css';
import zone from './zone.module.css';

const t = w.grants;

/** One column layout for the head and the list, which are two tables so that only the list scrolls. */
const COLUMNS = (
  <colgroup>
    {['ref', 'dom', 'frame', 'flags', 'bytes', 'handle', 'mfn'].map((name) => <col key={name} />)}
  </colgroup>
);

const ROW = { '--row': `${GRANT_ROW_HEIGHT}px` } as CSSProperties;

/** The values of one entry: each asks who wrote just it. */
const Row = memo(function Row({ row }: { row: GrantRowView }) {
  const { ref, domid, handle, mfn, refusal } = row;
  const frame = row.frame.toString(16);
  const line = lineOf.ref(ref);
  const fieldName = (field: string, value: string | number): string => fill(t.field, { field, ref, value });
  return (
    <tr className={css.row} data-hot={row.hot || undefined} title={row.ring} data-line={line}>
      <th scope="row" className={css.ref}>
        <WhoWrote of={() => grantSubject(mirror, ref)} label={fill(t.entry, { ref, ring: row.ring })} tabIndex={-1}>
          {ref}
        </WhoWrote>
      </th>
      <td>
        <WhoWrote of={() => grantSubject(mirror, ref, 'domid')} label={fieldName('domid', domid)} tabIndex={-1}>
          {domid}
        </WhoWrote>
      </td>
      <td>
        <WhoWrote of={() => grantSubject(mirror, ref, 'frame')} label={fieldName('frame', frame)} tabIndex={-1}>
          {frame}
        </WhoWrote>
      </td>
      <td className={css.lamps} aria-label={grantSentence(row)}>
        {LAMPS.map(({ key, mask }) => {
          const on = isLit(key, row.flags);
          const { name, title } = w.lamps[key];
          return (
            <WhoWrote
              key={key}
              of={() => grantFlagSubject(mirror, ref, name, mask)}
              label={fill(t.lamp, { lamp: name, ref, state: on ? t.on : t.off })}
              tabIndex={-1}
              className={css.press}
            >
              <span aria-hidden="true" title={title} className={css.lamp} data-lamp={key} data-on={on || undefined} />
            </WhoWrote>
          );
        })}
      </td>
      <td className={css.bytes}>
        <WhoWrote of={() => grantSubject(mirror, ref)} label={fieldName(t.bytes, groupBytes(row.bytes))} tabIndex={-1}>
          {groupBytes(row.bytes)}
        </WhoWrote>
      </td>
      {refusal === undefined ? (
        <>
          <td className={css.handle}>
            {handle === null ? t.none : (
              <WhoWrote
                of={() => handleSubject(handle)} label={fill(t.handleOf, { ref, value: handle })} tabIndex={-1}
              >
                {handle}
              </WhoWrote>
            )}
          </td>
          <td className={css.mfn}>
            {mfn === null ? t.none : (
              <WhoWrote
                of={() => mappingSubject(ref, 'mfn')} label={fill(t.mfnOf, { ref, value: mfn.toString(16) })} tabIndex={-1}
              >
                {mfn.toString(16)}
              </WhoWrote>
            )}
          </td>
        </>
      ) : <td className={css.mfn} colSpan={2}>{fill(t.refusal, { status: refusal })}</td>}
    </tr>
  );
});

function Item({ item }: { item: GrantItem }) {
  switch (item.kind) {
    case 'row':
      return <Row row={item.row} />;
    case 'fold':
      return <Fold item={item} />;
    case 'queue':
      return <Queue item={item} />;
  }
}

/** What is not the rings': thousands of entries, which the grants lens has room for. */
function Fold({ item: { from, to, label } }: { item: Extract<GrantItem, { kind: 'fold' }> }) {
  return (
    <tr className={css.fold}>
      <td colSpan={7}>
        <button
          type="button"
          tabIndex={-1}
          className={css.open}
          title={`${t.poolHow} ${t.open}`}
          onClick={() => commands.openLens('grants')}
        >
          <span className={css.range}>{from === to ? from : fill(t.range, { from, to })}</span> {label}<span className={zone.hidden}>: {t.open}</span>
          <svg className={css.more} viewBox="0 0 8 8" aria-hidden="true"><path d="M2.5 1 5.5 4 2.5 7" /></svg>
        </button>
      </td>
    </tr>
  );
}

function Queue({ item }: { item: Extract<GrantItem, { kind: 'queue' }> }) {
  const store = useStageStore();
  const line = lineOf.queue(item.queue);
  const { queue, from, to, count, text } = item;
  return (
    <tr className={css.fold} data-hot={item.hot || undefined} data-line={line}>
      <td colSpan={7}>
        <button type="button" tabIndex={-1} className={css.open} onClick={() => pickQueue(store, queue)}>
          {fill(w.queues.entries, { queue, from, to, count, text })}
        </button>
      </td>
    </tr>
  );
}

/** It explains itself to whoever asks: that can come later. */
const Explained = lazy(() => import('./Explained.tsx'));

function Head({ of }: { of: Explainable }) {
  const begun = useBegun();
  return <Suspense fallback={t[of]}>{begun ? <Explained word={t[of]} of={of} /> : t[of]}</Suspense>;
}

function Heads() {
  return (
    <table className={css.table} aria-label={t.heads}>
      {COLUMNS}
      <thead>
        <tr className={css.heads}>
          <th scope="col">{t.ref}</th>
          <th scope="col"><Head of="dom" /></th>
          <th scope="col">{t.frame}</th>
          <th scope="col" className={css.lamps}>
            {LAMPS.map(({ key }) => <abbr key={key} title={w.lamps[key].title}>{w.lamps[key].letter}</abbr>)}
          </th>
          <th scope="col" className={css.bytes}><Head of="bytes" /> <span className={css.further}><MoreOf list="entries" /></span></th>
          <th scope="col" className={css.handle}><Head of="handle" /></th>
          <th scope="col" className={css.mfn}><Head of="mfn" /></th>
        </tr>
      </thead>
    </table>
  );
}

/** domU's grant table as it lies in shared memory, and Xen's own columns beside it. */
export function GrantTable() {
  const store = useStageStore();
  const items = useGrantItems();
  const none = useStage(({ view }) => whyNone('entries', view));
  const stacked = useStage((state) => state.stacked);
  const list = useStage((state) => state.layout.list);
  const scroll = useStage((state) => state.scroll);
  const box = useRef<HTMLDivElement>(null);
  /** Where the box is scrolled to: asking the box itself has the browser lay out the page. */
  const shown = useRef(0);
  const hot = useMemo(() => hotItem(items), [items]);

  // The row of the current step is brought into view; otherwise the list stays where a person left it.
  useEffect(() => {
    if (hot >= 0) store.set({ scroll: scrollToShow(list, hot, items.length, store.get().scroll) });
  }, [store, list, hot, items.length]);
  useEffect(() => {
    if (box.current === null || shown.current === scroll) return;
    shown.current = scroll;
    box.current.scrollTop = scroll;
  }, [scroll]);

  return (
    <div>
      <Heads />
      <Scroll
        ref={box}
        className={css.list}
        label={t.list}
        style={stacked ? undefined : { height: list.height }}
        onScroll={(event) => {
          shown.current = event.currentTarget.scrollTop;
          store.set({ scroll: shown.current });
        }}
      >
        {items.length > 0 && (
          <table className={css.table} aria-label={t.table} style={ROW}>
            {COLUMNS}
            <tbody>
              {items.map((item) => <Item key={item.key} item={item} />)}
            </tbody>
          </table>
        )}
        {items.every(({ kind }) => kind === 'fold') && <p className={zone.empty}>{none}</p>}
      </Scroll>
    </div>
  );
}
