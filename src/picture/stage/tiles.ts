/** The pages of a ring as one side sees them. */
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { Rect } from '../../geometry/stage-zones.ts';
import { isPageHot, offsetFigure, ringCaption, ringName, seamBefore, tileSentence } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';
import type { RingPageView, RingView } from '../../store/view.ts';
import { lifeSign, pageBox, seamBar, TYPE } from '../parts.ts';
import { titled, write } from '../svg.ts';
import type { Theme } from '../theme.ts';

const COLUMNS = 4;
const LINE = 14;
const HEIGHT: Readonly<Record<Side, number>> = { front: 5 + 3 * LINE, back: 5 + 4 * LINE };
/** Room beside a row of tiles for the lines of its pages. */
const GUTTER = 18;
const LANE = 3.5;

/** Where the pages of a ring are drawn. */
export interface TilePlan {
  readonly top: number;
  readonly tiles: readonly Rect[];
  /** The height at which each page's line leaves the zone; none where the lines are bundled. */
  readonly lanes: readonly number[];
  readonly bottom: number;
}

/** Places for so many pages below `top`; with room for a line of each page, unless they are bundled. */
export function planTiles(
  pages: number, side: Side, x: number, top: number, width: number, perPage: boolean,
): TilePlan {
  const gap = side === 'front' ? 4 : 0;
  const tile = { width: (width - (COLUMNS - 1) * gap) / COLUMNS, height: HEIGHT[side] };
  const gutter = perPage ? GUTTER : 4;
  // Lines leave the frontend's pages upwards and reach the backend's from below, so that none crosses another.
  const first = top + 18 + (side === 'front' ? gutter : 4);
  const tiles = Array.from({ length: pages }, (_, page) => ({
    x: x + (page % COLUMNS) * (tile.width + gap), y: first + Math.floor(page / COLUMNS) * (tile.height + gutter),
    ...tile,
  }));
  const lanes = perPage ? tiles.map(({ y, height }, page) => {
    const lane = LANE * (1 + page % COLUMNS);
    return side === 'front' ? y - GUTTER + 1 + lane : y + height + lane;
  }) : [];
  const last = tiles.at(-1)!;
  return { top, tiles, lanes, bottom: last.y + last.height + (side === 'back' ? gutter : 4) };
}

/** The ring's caption and its pages. */
export function tiles(ring: RingView, plan: TilePlan, side: Side, named: boolean, theme: Theme): string {
  const first = plan.tiles[0]!;
  const width = COLUMNS * first.width + (COLUMNS - 1) * (side === 'front' ? 4 : 0);
  return write(first.x, plan.top + 13, ringCaption(ring, side, named),
    { ...TYPE.small, fill: theme['ink-2'], width })
    + ring.pages.map((page) => tile(ring, page, plan.tiles[page.index]!, side, theme)).join('')
    + seams(ring, plan, side, theme);
}

function tile(ring: RingView, page: RingPageView, box: Rect, side: Side, theme: Theme): string {
  const here = side === 'front' || page.handle !== null;
  const hot = isPageHot(page, side);
  const ink = hot ? theme['hot-ink'] : here && page.life !== 'revoked' ? theme.ink : theme['ink-3'];
  const quiet = hot ? theme['hot-ink'] : here && page.life !== 'revoked' ? theme['ink-2'] : theme['ink-3'];
  const room = box.width - 9;
  const left = box.x + 7;
  return titled(tileSentence(ring, page, side),
    pageBox(box, { life: here ? page.life : 'absent', hot, untouched: page.untouched }, theme),
    write(left, box.y + 14, `${ringName(ring)} ${page.index}`,
      { ...TYPE.strong, fill: ink, width: room - 14 }),
    here ? lifeSign(box.x + box.width - 9, box.y + 10, page.life, theme) : '',
    ...figures(ring, page, side).map((figure, line) =>
      write(left, box.y + 14 + (line + 1) * LINE, figure, { ...TYPE.code, fill: quiet, width: room })));
}

/** What each side calls the page. */
function figures(ring: RingView, page: RingPageView, side: Side): string[] {
  if (side === 'front') {
    return [page.freed ? w.ring.freed : `0x${page.gfn.toString(16)}`,
      page.ref === null ? w.ring.noRef : fill(w.ring.ref, { ref: page.ref })];
  }
  const offset = offsetFigure(ring, page);
  if (page.handle === null) return [offset, '–', w.ring.noHandle];
  return [offset, page.mfn.toString(16), fill(w.ring.handle, { handle: page.handle })];
}

/** Bars where an entry lies on two pages; at the beginning of a row, before its first page. */
function seams(ring: RingView, plan: TilePlan, side: Side, theme: Theme): string {
  return ring.straddles.map(({ page }) => {
    const box = plan.tiles[page]!;
    const shown = seamBefore(ring, page, side) !== undefined;
    if (!shown) return '';
    // At the beginning of a row the page before is in the row above: the bar stays within the page.
    if (page % COLUMNS === 0) return seamBar(box.x + 2.5, box.y + 19, theme, 6);
    return seamBar(box.x - (side === 'front' ? 2 : 0), box.y + 19, theme);
  }).join('');
}
