import { memo } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { RingBlock } from '../../geometry/stage-rings.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { RingPageView, RingView } from '../../store/view.ts';
import { LifeMark } from './Life.tsx';
import { lineOf } from './model.ts';
import { pageSubject } from './subjects.ts';
import css from './tiles.module.css';
import { isPageHot, offsetFigure, ringCaption, ringName, seamBefore, tileSentence } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';
import zone from './zone.module.css';

interface RingTilesProps {
  ring: RingView;
  block: RingBlock;
  side: Side;
  /** Says which queue it is, where there are several. */
  named: boolean;
  stacked: boolean;
}

/** Tiles higher than this have a line more. */
const ROOMY_TILE: Readonly<Record<Side, number>> = { front: 40, back: 50 };

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
  // Less room, and a number is known to be hexadecimal.
  const wide = stacked || (first?.width ?? 0) > 56;
  const unit = side === 'front' ? w.ring.gfn : size === 'full' ? w.ring.offset : w.ring.shortOffset;
  const roomy = stacked || (size === 'full' && (first?.height ?? 0) > ROOMY_TILE[side]);
  const caption = ringCaption(ring, side, named);
  return (
    <div className={css.ring} data-stacked={stacked || undefined} style={style}>
      <h4 className={`${css.caption} ${zone.caption}`}>
        <span className={css.what}>{caption}</span>
        {size !== 'cell' && <span className={css.unit}>{unit}</span>}
      </h4>
      {/* Pages without addresses in a row are not drawn in one. */}
      <ul className={css.tiles} data-side={ring.scattered ? 'front' : side} data-size={size} aria-label={caption}>
        {ring.pages.map((page) => (
          <Tile
            key={page.index} ring={ring} page={page} side={side} size={size} wide={wide} roomy={roomy}
          />
        ))}
      </ul>
    </div>
  );
});

interface TileProps {
  ring: RingView;
  page: RingPageView;
  side: Side;
  size: RingBlock['size'];
  /** For a number's prefix; for one more line. */
  wide: boolean;
  roomy: boolean;
}

/** Its lines of figures: what the side calls the page, and what else there is room for. */
function figures({ ring, page, side, size, roomy, wide }: TileProps): string[] {
  if (size === 'cell') return [];
  const hex = page.gfn.toString(16);
  if (side === 'front') {
    const own = page.freed ? w.ring.freed : size === 'full' && wide ? `0x${hex}` : hex;
    if (!roomy) return [own];
    return [own, page.ref === null ? w.ring.noRef : fill(w.ring.ref, { ref: page.ref })];
  }
  const offset = offsetFigure(ring, page);
  if (size === 'line') return [offset];
  const frame = page.handle === null ? '–' : page.mfn.toString(16);
  if (!roomy) return [offset, frame];
  return [offset, frame, page.handle === null ? w.ring.noHandle : fill(w.ring.handle, { handle: page.handle })];
}

const Tile = memo(function Tile(props: TileProps) {
  const { ring, page, side } = props;
  const here = side === 'front' || page.handle !== null;
  const line = page.ref === null ? null : lineOf.ref(page.ref);
  const sentence = tileSentence(ring, page, side);
  const seam = seamBefore(ring, page.index, side) !== undefined;
  return (
    <li
      className={css.tile}
      data-life={here ? page.life : 'absent'}
      data-hot={isPageHot(page, side) || undefined}
      data-untouched={page.untouched || undefined}
      data-forgotten={(side === 'back' && page.forgotten) || undefined}
      data-line={line ?? undefined}
      title={sentence}
    >
      <span aria-hidden="true" className={css.face}>
        <span className={css.name}>
          <span><span className={css.word}>{ringName(ring)} </span>{page.index}</span>
          {here && <LifeMark life={page.life} />}
        </span>
        {figures(props).map((figure, place) => (
          // Each line of a tile is another thing, and they never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={place} className={css.value}>{figure}</span>
        ))}
      </span>
      <WhoWrote of={() => pageSubject(ring, page, side)} label={sentence} tabIndex={-1} className={css.page}>
        {null}
      </WhoWrote>
      {seam && <span aria-hidden="true" className={css.seam} />}
    </li>
  );
});
