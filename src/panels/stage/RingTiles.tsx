import { memo } from 'react';
import type { CSSProperties } from 'react';
import type { RingBlock } from '../../geometry/stage-rings.ts';
import type { RingPageView, RingView } from '../../store/view.ts';
import css from './tiles.module.css';
import { address, hex, pageSentence, ringName } from './words.ts';
import type { Side } from './words.ts';
import zone from './zone.module.css';

interface RingTilesProps {
  ring: RingView;
  block: RingBlock;
  side: Side;
  stacked: boolean;
}

function caption(ring: RingView, side: Side): string {
  const name = ringName(ring);
  const pages = `${ring.pages.length} page${ring.pages.length === 1 ? '' : 's'}`;
  if (side === 'front') return ring.entries === 0 ? `${name} ring, ${pages}` : `${name} ring, ${pages}, ${ring.entries} entries`;
  if (ring.vaddr === null) return `${name} ring, not mapped yet`;
  return `${name} mapped at ${address(ring.vaddr)}`;
}

/** The pages of one ring as one side sees them. */
export const RingTiles = memo(function RingTiles({ ring, block, side, stacked }: RingTilesProps) {
  const first = block.tiles[0];
  const style = {
    '--columns': block.columns, '--gap': `${block.gap}px`, '--row-gap': `${block.rowGap}px`,
    '--tile-width': `${first?.width ?? 0}px`, '--tile-height': `${first?.height ?? 0}px`,
    '--above': `${(first?.y ?? block.top) - block.top - 16}px`,
    top: stacked ? undefined : block.top,
  } as CSSProperties;
  const density = block.tiles.length <= 4 ? 'full' : block.tiles.length <= 8 ? 'line' : 'cell';
  return (
    <div className={css.ring} data-stacked={stacked || undefined} style={style}>
      <h4 className={`${css.caption} ${zone.caption}`}>
        <span>{caption(ring, side)}</span>
        <span className={css.unit}>{side === 'front' ? 'gfn' : 'offset'}</span>
      </h4>
      <ul className={css.tiles} data-side={side} data-density={stacked ? 'full' : density}>
        {ring.pages.map((page) => <Tile key={page.index} ring={ring} page={page} side={side} stacked={stacked} />)}
      </ul>
    </div>
  );
});

interface TileProps {
  ring: RingView;
  page: RingPageView;
  side: Side;
  stacked: boolean;
}

const Tile = memo(function Tile({ ring, page, side, stacked }: TileProps) {
  const here = side === 'front' || page.handle !== null;
  const sentence = pageSentence(ring, page, side);
  const seam = side === 'front' ? ring.straddles.find((straddle) => straddle.page === page.index) : undefined;
  const split = seam === undefined ? '' :
    `entry ${seam.entry} straddles this seam: ${seam.before} bytes before, ${seam.after} after`;
  return (
    <li
      className={css.tile}
      data-life={here ? page.life : 'absent'}
      data-hot={page.hot || undefined}
      data-untouched={page.untouched || undefined}
      title={split === '' ? sentence : `${sentence}; ${split}`}
    >
      <span className={zone.hidden}>{split === '' ? sentence : `${sentence}; ${split}`}</span>
      <span aria-hidden="true" className={css.name}><span className={css.word}>{ringName(ring)} </span>{page.index}</span>
      <span aria-hidden="true" className={css.value}>
        {side === 'front' ? hex(page.gfn) : `+0x${(page.index * 4096).toString(16).padStart(4, '0')}`}
      </span>
      {stacked && (
        <span aria-hidden="true" className={css.value}>
          {side === 'front'
            ? page.ref === null ? 'no ref' : `ref ${page.ref}`
            : page.handle === null ? 'unmapped' : `handle ${page.handle}`}
        </span>
      )}
      {seam !== undefined && <span aria-hidden="true" className={css.seam} />}
    </li>
  );
});
