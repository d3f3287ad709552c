import { Fragment, memo, useEffect, useState } from 'react';
import type { CSSProperties } from 'react';
import { memoryWords as t } from '../../content/memory.ts';
import { fill, words } from '../../content/words.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { useMedia } from '../../parts/use-media.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { useSettled } from '../../store/settled.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { MemoryPlace } from '../../store/store.ts';
import type { RingView } from '../../store/view.ts';
import { ByteDetails } from './memory/ByteDetails.tsx';
import { detailsOf, ringOf } from './memory/details.ts';
import { pageFacts } from './memory/facts.ts';
import { changedPlace, nextChange, placeAfter } from './memory/follow.ts';
import { HexGrid } from './memory/HexGrid.tsx';
import { JumpTo } from './memory/JumpTo.tsx';
import { changedBytes, changedPlaces, pageLister } from './memory/pages.ts';
import type { MemoryPage } from './memory/pages.ts';
import css from './memory/memory.module.css';

const NARROW = '(max-width: 767px)';
/** Bytes a row, and how high it is in pixels: a finger needs more. */
const WIDE_ROWS = { perRow: 16, rowHeight: 24 };
const NARROW_ROWS = { perRow: 8, rowHeight: 36 };
/** Rows of zeros that are opened before and after one that a person asked for. */
const AROUND_JUMP = 3;

const listPages = pageLister();

function bytesAt(mfn: number): Uint8Array | undefined {
  return mirror.pages.get(mfn)?.bytes;
}

/** Somebody chose: the lens no longer follows the steps. */
function goTo(place: Omit<MemoryPlace, 'follow'>): void {
  appStore.setState({ memory: { ...place, follow: false } });
}

const PageOptions = memo(function PageOptions({ pages }: { pages: readonly MemoryPage[] }) {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return groups.map((group) => (
    <optgroup key={group} label={group}>
      {pages.filter((page) => page.group === group).map(({ mfn, short }) => (
        <option key={mfn} value={mfn}>{short}</option>
      ))}
    </optgroup>
  ));
});

function PageFacts({ page, ring }: { page: MemoryPage; ring: RingView | undefined }) {
  return (
    <section aria-label={t.pageHeading}>
      <h3 className={css.title}>{page.name}</h3>
      <dl className={css.facts}>
        {pageFacts(page, ring).map(([name, what]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Tools({ place, page, pages, onJump }: {
  place: MemoryPlace;
  page: MemoryPage;
  pages: readonly MemoryPage[];
  onJump: (offset: number) => void;
}) {
  const step = useSettled((state) => state.step);
  const count = changedPlaces(step, pages).length;
  const follow = (on: boolean): void => {
    const to = on ? changedPlace(place, step, pages) : null;
    appStore.setState({ memory: { ...place, ...to, follow: on } });
  };
  const toChange = (): void => {
    const to = nextChange(place, step, pages);
    if (to !== null) appStore.setState({ memory: { ...to, follow: place.follow } });
  };
  return (
    <div className={css.tools}>
      <select
        className={`button ${css.pages}`}
        aria-label={t.page}
        value={page.mfn}
        onChange={({ target }) => goTo({ frame: Number(target.value), offset: 0 })}
      >
        <PageOptions pages={pages} />
      </select>
      <label className={css.follow} title={t.followHow}>
        <input type="checkbox" aria-label={t.followName} checked={place.follow} onChange={({ target }) => follow(target.checked)} />
        {t.follow}
      </label>
      <button
        type="button"
        className={`button ${css.toChange}`}
        aria-disabled={count === 0}
        title={count === 0 ? t.noChange : undefined}
        onClick={toChange}
      >
        {count > 1 ? fill(t.toChanges, { count }) : t.toChange}
      </button>
      <JumpTo onJump={onJump} />
    </div>
  );
}

/** A page of simulated memory in bytes, with the fields that lie under them, and what the current step changed. */
export function MemoryLens() {
  // The mirror changes in place: the number says when.
  useSettled((state) => state.frame);
  const stage = useSettled((state) => state.stage);
  const step = useSettled((state) => state.step);
  const stored = useApp((state) => state.memory);
  const [opened, setOpened] = useState<{ mfn: number; rows: ReadonlySet<number> }>({ mfn: 0, rows: new Set() });
  const { perRow, rowHeight } = useMedia(NARROW) ? NARROW_ROWS : WIDE_ROWS;
  const pages = listPages(mirror, stage.rings);
  const place = placeAfter(stored, step, pages);
  useEffect(() => {
    if (place !== stored) appStore.setState({ memory: place });
  });
  const page = pages.find(({ mfn }) => mfn === place.frame) ?? pages[0];
  if (page === undefined) return <p className={css.empty}>{t.empty}</p>;

  const { offset } = place;
  const ring = ringOf(page, stage.rings);
  const details = detailsOf(page, stage, step, bytesAt, offset);
  const rows = opened.mfn === page.mfn ? opened.rows : new Set<number>();
  const openRows = (more: readonly number[]): void => setOpened({ mfn: page.mfn, rows: new Set([...rows, ...more]) });
  const choose = (to: number): void => goTo({ frame: page.mfn, offset: to });
  const jump = (to: number): void => {
    const row = to - (to % perRow);
    openRows(Array.from({ length: 2 * AROUND_JUMP + 1 }, (_, i) => row + (i - AROUND_JUMP) * perRow));
    choose(to);
  };
  return (
    <div className={css.lens} style={{ '--row': `${rowHeight}px` } as CSSProperties}>
      <div className={css.memory}>
        <Tools place={place} page={page} pages={pages} onJump={jump} />
        <HexGrid
          key={page.mfn}
          page={page}
          ring={ring}
          bytes={bytesAt(page.mfn)}
          changed={changedBytes(step, page.mfn)}
          offset={offset}
          perRow={perRow}
          rowHeight={rowHeight}
          opened={rows}
          onOpen={openRows}
          onChoose={choose}
          onAsk={() => commands.inquire(details.subject)}
        />
        <div className={css.side} data-scrolls>
          <div className={css.sides}>
            {step !== null && step.changed > step.changes.length && <p className={css.meaning}>{t.notAll}</p>}
            <ByteDetails details={details} />
            <PageFacts page={page} ring={ring} />
          </div>
          <ScrollEdge edge="below" says={words.lenses.below} />
        </div>
      </div>
    </div>
  );
}
