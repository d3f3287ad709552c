import { memo } from 'react';
import type { MouseEvent } from 'react';
import { PAGE_SIZE, RING_HEADER_SIZE } from '../../../abi/ring.ts';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import { placeOfSpan, slotAtShare, spansOfSlots } from '../../../geometry/ring-bytes.ts';
import type { Span } from '../../../geometry/ring-bytes.ts';
import type { RingPageView, RingView } from '../../../store/view.ts';
import { stretches } from './model.ts';
import type { SlotRun } from '../../../store/stage/ring-slots.ts';
import css from './rings.module.css';

interface Props {
  ring: RingView;
  slots: number;
  runs: readonly SlotRun[] | null;
  changed: ReadonlyMap<number, unknown>;
  slot: number | null;
  onPick: (slot: number) => void;
}

/** The ring's pages as one line of bytes, to scale; then page by page in words. */
export const ByteLine = memo(function ByteLine({ ring, slots, runs, changed, slot, onPick }: Props) {
  const { pages, slotSize } = ring;
  const total = pages.length * PAGE_SIZE;
  const shape = { header: RING_HEADER_SIZE, slotSize, slots };
  const used = RING_HEADER_SIZE + slots * slotSize;
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const to = slotAtShare((event.clientX - box.left) / box.width, total, shape);
    if (to !== null) onPick(to);
  };
  const bars = (index: number, count: number, look: Record<string, string | boolean>) =>
    spansOfSlots(index, count, shape).map((span) => <Bar key={`${span[0]}`} span={span} total={total} look={look} />);
  return (
    <div className={css.bytes}>
      <h3 className={css.heading}>{t.bytes}</h3>
      <p className={css.sentence}>
        {fill(t.bytesAre, {
          header: RING_HEADER_SIZE, slots, size: slotSize, used: grouped(used), total: grouped(total),
        })}
      </p>
      <div className={css.numbers} aria-hidden="true" style={{ gridTemplateColumns: `repeat(${pages.length}, 1fr)` }}>
        {pages.map(({ index }) => <span key={index}>{index}</span>)}
      </div>
      {/* The circle is the same choice for the keyboard. */}
      <div className={css.line} onClick={onClick} role="presentation">
        <Bar span={[used, total - used]} total={total} look={{ 'data-unused': true }} />
        {(runs ?? []).flatMap(({ state, from, count }) => bars(from, count, { 'data-state': state }))}
        <Bar span={[0, RING_HEADER_SIZE]} total={total} look={{ 'data-header': true }} />
        {stretches(changed.keys()).flatMap(([from, count]) => bars(from, count, { 'data-hot': true }))}
        {slot !== null && bars(slot, 1, { 'data-chosen': true })}
        {pages.map((page) => (
          <span
            key={page.index}
            className={css.sheet}
            data-hot={page.hot || undefined}
            data-stitched={ring.straddles.some((one) => one.page === page.index) || undefined}
            style={placeOfSpan([page.index * PAGE_SIZE, PAGE_SIZE], total)}
          />
        ))}
      </div>
      <ul className={css.pages}>
        {pages.map((page) => (
          <li key={page.index} data-hot={page.hot || undefined} data-untouched={page.untouched || undefined}>
            <b>{fill(t.page, { page: page.index })}</b> {pageWords(ring, page, used)}
            {page.hot && <span className="visually-hidden"> {t.changed}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
});

interface BarProps {
  span: Span;
  total: number;
  look: Record<string, string | boolean>;
}

function Bar({ span, total, look }: BarProps) {
  return <span className={css.bar} {...look} style={placeOfSpan(span, total)} />;
}

/** What lies on a page, in words. */
function pageWords({ straddles }: Pick<RingView, 'straddles'>, page: RingPageView, used: number): string {
  if (page.untouched || page.entries === null) return t.untouched;
  const [first, last] = page.entries;
  const parts = [`${page.index === 0 ? `${t.header} ` : ''}${fill(t.slots, { first, last })}`];
  const seam = straddles.find((one) => one.page === page.index);
  if (seam !== undefined) parts.push(fill(t.straddle, { slot: seam.entry, before: seam.before, after: seam.after }));
  const left = (page.index + 1) * PAGE_SIZE - used;
  if (left > 0) parts.push(fill(t.unused, { bytes: grouped(left) }));
  return parts.join('; ');
}

function grouped(bytes: number): string {
  return bytes.toLocaleString('en');
}
