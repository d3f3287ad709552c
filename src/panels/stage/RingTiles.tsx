import { memo } from 'react';
import type { CSSProperties } from 'react';
import type { RingBlock } from '../../geometry/stage-rings.ts';
import type { RingPageView, RingView } from '../../store/view.ts';
import css from './tiles.module.css';
import { address, pageSentence, ringName } from './words.ts';
import type { Side } from './words.ts';
import zone from './zone.module.css';

interface RingTilesProps {
  ring: RingView;
  block: RingBlock;
  side: Side;
  /** Says which queue it is, where there are several. */
  named: boolean;
  stacked: boolean;
}

function caption(ring: RingView, side: Side, named: boolean): string {
  const name = named ? `q${ring.queue} ${ringName(ring)}` : ringName(ring);
  if (side === 'back') {
    return ring.vaddr === null ? `${name} ring, ${mapping(ring)}` : `${name} at ${address(ring.vaddr)}`;
  }
  const pages = `${ring.pages.length} page${ring.pages.length === 1 ? '' : 's'}`;
  const left = ring.front === null && ring.back !== null;
  const entries = ring.entries === 0 ? '' : `, ${ring.entries} entries`;
  return `${name} ring, ${pages}${left ? ', left behind' : entries}`;
}

/** How far the mapping is while it has no address, which it has once the last page is mapped. */
function mapping({ pages }: RingView): string {
  const some = pages.some((page) => page.handle !== null);
  if (pages.some((page) => page.life === 'unmapped')) return some ? 'partly unmapped' : 'no longer mapped';
  return some ? 'partly mapped' : 'not mapped';
}

/** The pages of one ring as one side sees them. */
export const RingTiles = memo(function RingTiles({ ring, block, side, named, stacked }: RingTilesProps) {
  const first = block.tiles[0];
  const style = {
    '--columns': block.columns, '--gap': `${block.gap}px`, '--row-gap': `${block.rowGap}px`,
    '--tile-width': `${first?.width ?? 0}px`, '--tile-height': `${first?.height ?? 0}px`,
    '--above': `${(first?.y ?? block.top) - block.top - 16}px`,
    top: stacked ? undefined : block.top,
  } as CSSProperties;
  const size = stacked ? 'full' : block.size;
  const columns = stacked ? 4 : block.columns;
  return (
    <div className={css.ring} data-stacked={stacked || undefined} style={style}>
      <h4 className={`${css.caption} ${zone.caption}`}>
        <span>{caption(ring, side, named)}</span>
        {size !== 'cell' && <span className={css.unit}>{side === 'front' ? 'gfn' : 'offset'}</span>}
      </h4>
      <ul className={css.tiles} data-side={side} data-size={size}>
        {ring.pages.map((page) => (
          <Tile key={page.index} ring={ring} page={page} side={side} columns={columns} stacked={stacked} />
        ))}
      </ul>
    </div>
  );
});

interface TileProps {
  ring: RingView;
  page: RingPageView;
  side: Side;
  columns: number;
  stacked: boolean;
}

const Tile = memo(function Tile({ ring, page, side, columns, stacked }: TileProps) {
  const here = side === 'front' || page.handle !== null;
  const sentence = pageSentence(ring, page, side);
  const seam = here ? ring.straddles.find((straddle) => straddle.page === page.index) : undefined;
  const words = seam === undefined ? sentence :
    `${sentence}; entry ${seam.entry} straddles this seam: ${seam.before} bytes before, ${seam.after} after`;
  return (
    <li
      className={css.tile}
      data-life={here ? page.life : 'absent'}
      data-hot={page.hot || undefined}
      data-untouched={page.untouched || undefined}
      title={words}
    >
      <span className={zone.hidden}>{words}</span>
      <span aria-hidden="true" className={css.name}>
        <span className={css.word}>{ringName(ring)} </span>{page.index}
      </span>
      <span aria-hidden="true" className={css.value}>
        {side === 'front' ? '' : '+'}<span className={css.prefix}>0x</span>
        {side === 'front' ? page.gfn.toString(16) : (page.index * 4096).toString(16).padStart(4, '0')}
      </span>
      {stacked && (
        <span aria-hidden="true" className={css.value}>
          {side === 'front'
            ? page.ref === null ? 'no ref' : `ref ${page.ref}`
            : page.handle === null ? 'unmapped' : `handle ${page.handle}`}
        </span>
      )}
      {seam !== undefined && (
        <span aria-hidden="true" className={css.seam} data-first={page.index % columns === 0 || undefined} />
      )}
    </li>
  );
});
