import { memo, useEffect, useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import { GRANT_LIST, GRANT_ROW_HEIGHT, scrollToShow } from '../../geometry/stage-list.ts';
import type { GrantRowView } from '../../store/view.ts';
import { hotItem } from './model.ts';
import type { GrantItem } from './model.ts';
import { Ports } from './Ports.tsx';
import { Scroll } from './Scroll.tsx';
import { chooseQueue, useGrantItems, useStage, useStageStore } from './store.ts';
import { grantSentence, groupBytes, isLit, LAMPS } from './words.ts';
import { Zone } from './Zone.tsx';
import css from './xen.module.css';
import zone from './zone.module.css';

/** One column layout for the head and the list, which are two tables so that only the list scrolls. */
const COLUMNS = (
  <colgroup>
    {['ref', 'dom', 'frame', 'flags', 'bytes', 'handle', 'mfn'].map((name) => <col key={name} />)}
  </colgroup>
);

const ROW = { '--row': `${GRANT_ROW_HEIGHT}px` } as CSSProperties;

const Row = memo(function Row({ row }: { row: GrantRowView }) {
  return (
    <tr className={css.row} data-hot={row.hot || undefined} title={row.ring}>
      <th scope="row" className={css.ref}>{row.ref}</th>
      <td>{row.domid}</td>
      <td>{row.frame.toString(16)}</td>
      <td className={css.lamps}>
        <span className={zone.hidden}>{grantSentence(row)}</span>
        {LAMPS.map((lamp) => (
          <span key={lamp.key} aria-hidden="true" title={lamp.title} className={css.lamp}
            data-lamp={lamp.key} data-on={isLit(lamp.key, row.flags) || undefined} />
        ))}
      </td>
      <td className={css.bytes}>{groupBytes(row.bytes)}</td>
      <td className={css.handle}>{row.handle ?? '–'}</td>
      <td className={css.mfn}>{row.mfn === null ? '–' : row.mfn.toString(16)}</td>
    </tr>
  );
});

function Item({ item }: { item: GrantItem }) {
  const store = useStageStore();
  switch (item.kind) {
    case 'row':
      return <Row row={item.row} />;
    case 'fold':
      return (
        <tr className={css.fold}>
          <td colSpan={7} title={`${item.from} to ${item.to}: ${item.label}`}>
            <span className={css.range}>{item.from} to {item.to}</span>{item.label}
          </td>
        </tr>
      );
    case 'queue':
      return (
        <tr className={css.fold} data-hot={item.hot || undefined}>
          <td colSpan={7}>
            <button type="button" className={css.open} onClick={() => chooseQueue(store, item.queue)}>
              queue {item.queue}: {item.from} to {item.to}, {item.count} entries, {item.text}
            </button>
          </td>
        </tr>
      );
  }
}

/** domU's grant table as it lies in shared memory, and Xen's own columns beside it. */
function GrantTable() {
  const store = useStageStore();
  const items = useGrantItems();
  const before = useStage(({ view }) => view.past.rings);
  const stacked = useStage((state) => state.stacked);
  const scroll = useStage((state) => state.scroll);
  const box = useRef<HTMLDivElement>(null);
  const hot = useMemo(() => hotItem(items), [items]);

  // The row of the current step is brought into view; otherwise the list stays where a person left it.
  useEffect(() => {
    if (hot >= 0) store.set({ scroll: scrollToShow(hot, items.length, store.get().scroll) });
  }, [store, hot, items.length]);
  useEffect(() => {
    if (box.current !== null && box.current.scrollTop !== scroll) box.current.scrollTop = scroll;
  }, [scroll]);

  return (
    <>
      <table className={css.table} aria-label="Grant table of domain 5">
        {COLUMNS}
        <thead>
          <tr className={css.heads}>
            <th scope="col">ref</th>
            <th scope="col"><abbr title="the domain that may use the page">dom</abbr></th>
            <th scope="col">frame</th>
            <th scope="col" className={css.lamps}>
              {LAMPS.map((lamp) => <abbr key={lamp.key} title={lamp.title}>{lamp.letter}</abbr>)}
            </th>
            <th scope="col" className={css.bytes}>
              <abbr title="the entry’s 8 bytes: flags, domain, frame, little-endian">8 bytes</abbr>
            </th>
            <th scope="col" className={css.handle}>
              <abbr title="Xen’s maptrack: dom0’s handle for the mapping">handle</abbr>
            </th>
            <th scope="col" className={css.mfn}>
              <abbr title="the machine frame Xen found for the guest’s frame and holds on to">mfn</abbr>
            </th>
          </tr>
        </thead>
      </table>
      <Scroll
        ref={box}
        className={css.list}
        label="Grant entries"
        scrolls={!stacked}
        style={stacked ? undefined : { height: GRANT_LIST.height }}
        onScroll={(event) => store.set({ scroll: event.currentTarget.scrollTop })}
      >
        {items.length === 0 ? <p className={`${css.nothing} ${zone.empty}`}>
          {before
            ? 'No ring entry any more: the guest has cleared them, and may use the references again.'
            : 'No ring entry yet. netfront writes one for each ring page: domain, frame, then flags. No hypercall.'}
        </p> : (
          <table className={css.table} aria-label="Entries of domain 5’s grant table" style={ROW}>
            {COLUMNS}
            <tbody>
              {items.map((item) => <Item key={item.key} item={item} />)}
            </tbody>
          </table>
        )}
      </Scroll>
    </>
  );
}

/** The hypervisor: the grant table it reads, its maptrack and the event channels. */
export function Xen() {
  const frames = useStage((state) => state.view.grants.frames);
  const maxFrames = useStage((state) => state.view.grants.maxFrames);
  const ports = useStage((state) => state.view.ports);
  const before = useStage((state) => state.view.past.ports);
  return (
    <Zone party="xen" title="Xen" aside={`grant table of domain 5: ${frames} of ${maxFrames} frames`}>
      <GrantTable />
      <p className={css.legend}>
        <span className={css.lamp} data-lamp="permit" data-on />P permit, RO read-only by domU
        <span className={css.lamp} data-lamp="writing" data-on />R reading, W writing by Xen
      </p>
      <Ports ports={ports} before={before} />
    </Zone>
  );
}
