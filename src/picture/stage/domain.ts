/** One of the two domains: state, ring pages, indexes, what its kernel does. */
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { Rect } from '../../geometry/stage-zones.ts';
import { queueSummary, ringOf } from '../../store/stage/lists.ts';
import { isPageHot, whyNone } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';
import type { RingView, StageView } from '../../store/view.ts';
import type { Drawn } from '../frame.ts';
import { hot, TYPE } from '../parts.ts';
import { rect, titled, write } from '../svg.ts';
import type { Strip } from '../svg.ts';
import { wrapped } from '../text.ts';
import type { Theme } from '../theme.ts';
import { below, frames, indexes } from './lists.ts';
import { planTiles, tiles } from './tiles.ts';
import type { TilePlan } from './tiles.ts';
import { track } from './track.ts';

/** Between a zone's border and what is in it. */
export const PAD = 14;
/** From a zone's top to what is below its title. */
export const HEAD = 34;
const QUEUE_ROW = 18;

/** A drawn domain, and where the lines of its pages and queues are fastened. */
export interface Domain extends Drawn {
  readonly rings: Readonly<Partial<Record<RingView['direction'], TilePlan>>>;
  readonly queueRows: ReadonlyMap<number, Rect>;
}

interface Place extends Strip {
  /** The queue whose pages are drawn; the others are rows. */
  readonly queue: number;
  /** Each page has a line of its own. */
  readonly perPage: boolean;
}

const ENDS = { front: 'frontend', back: 'backend' } as const;

/** All that is in the zone of one domain, without its border. */
export function domain(
  side: Side, view: StageView, { x, y, width, queue, perPage }: Place, theme: Theme,
): Domain {
  const left = x + PAD;
  const inner = width - 2 * PAD;
  const end = view[ENDS[side]];
  const own = side === 'front' ? theme.domU : theme.dom0;
  const parts: string[] = [];
  const states = track(side, end.track, left, y + HEAD, inner, theme);
  parts.push(states.svg);
  const rows = queues(side, view, queue, { x: left, y: states.bottom + 4, width: inner }, theme);
  parts.push(rows.svg);
  let top = rows.bottom;
  const chosen = (['tx', 'rx'] as const).flatMap((direction) => ringOf(view.rings, queue, direction) ?? []);
  const plans: Partial<Record<RingView['direction'], TilePlan>> = {};
  for (const ring of chosen) {
    const plan = planTiles(ring.pages.length, side, left, top, inner, perPage);
    plans[ring.direction] = plan;
    parts.push(tiles(ring, plan, side, rows.rows.size > 1, theme));
    top = plan.bottom + 2;
  }
  if (chosen.length === 0) {
    for (const line of wrapped(whyNone(side, view), inner, TYPE.body, 3)) {
      parts.push(write(left, top + 18, line, { ...TYPE.body, fill: theme['ink-2'], width: inner }));
      top += 17;
    }
    top += 12;
  }
  const [tx, rx] = [ringOf(view.rings, queue, 'tx'), ringOf(view.rings, queue, 'rx')];
  const figures = indexes(side, tx, rx, { x: left, y: top + 4, width: inner }, theme);
  const memory = side === 'back' ? frames(chosen, { x: left, y: figures.bottom, width: inner }, theme)
    : figures;
  const rest = below(end, own, { x: left, y: memory.bottom + 2, width: inner }, theme);
  parts.push(figures.svg, side === 'back' ? memory.svg : '', rest.svg);
  return { svg: parts.join(''), bottom: rest.bottom + 6, rings: plans, queueRows: rows.rows };
}

/** A row a queue, where there are several; the one whose pages are drawn below is framed. */
function queues(
  side: Side, view: StageView, chosen: number, { x, y, width }: Strip, theme: Theme,
): Drawn & { rows: ReadonlyMap<number, Rect> } {
  const { rings } = view;
  const count = rings.length === 0 ? 0 : Math.max(view.queues.asked, ...rings.map((ring) => ring.queue + 1));
  const rows = new Map<number, Rect>();
  if (count < 2) return { svg: '', bottom: y, rows };
  const drawn: string[] = [];
  for (let queue = 0; queue < count; queue++) {
    const row = { x: x - 4, y: y + queue * QUEUE_ROW, width: width + 8, height: QUEUE_ROW - 2 };
    rows.set(queue, row);
    drawn.push(queueRow(side, view, queue, row, queue === chosen, theme));
  }
  return { svg: drawn.join(''), bottom: y + count * QUEUE_ROW + 6, rows };
}

/** The widest that a page is in a row, and what the words beside them get. */
const CELL = 8;
const WORDS = 150;

function queueRow(
  side: Side, { rings, queues: { made } }: StageView, queue: number, row: Rect, chosen: boolean, theme: Theme,
): string {
  const own = rings.filter((ring) => ring.queue === queue);
  const { text, hot: changed } = queueSummary(own, side);
  const failed = made !== null && queue >= made;
  const state = own.length > 0 ? text : failed ? w.queues.failed : w.queues.none;
  const base = row.y + 12;
  const parts = [write(row.x + 4, base, fill(w.queues.short, { queue }), {
    ...TYPE.code, fill: changed ? theme['hot-ink'] : theme.ink, width: 22,
  })];
  let at = row.x + 28;
  const cells = own.reduce((sum, { pages }) => sum + pages.length, 0);
  const cell = Math.min(CELL, (row.width - 28 - 10 - WORDS) / Math.max(1, cells));
  for (const { pages } of own) {
    for (const page of pages) {
      const here = side === 'front' || page.handle !== null;
      const box = { x: at, y: row.y + 4, width: cell - 1.4, height: 8 };
      parts.push(rect(box, cellLook(here ? page.life : 'absent', isPageHot(page, side), theme)));
      at += cell;
    }
    at += 5;
  }
  const left = at + 3;
  parts.push(write(left, base, state, {
    ...TYPE.small, fill: changed ? theme['hot-ink'] : theme['ink-2'], width: row.x + row.width - 4 - left,
  }));
  const frame = changed ? hot(row, theme)
    : chosen ? rect(row, { fill: theme.sunken, stroke: theme['line-strong'], rx: 3 }) : '';
  return titled(fill(w.queues.title, { queue, state }), frame, ...parts);
}

/** A page too small for its sign: full where dom0 maps it, hollow where it is granted, an outline else; the words beside say it too. */
function cellLook(
  life: RingView['pages'][number]['life'] | 'absent', changed: boolean, theme: Theme,
): Record<string, string | number> {
  if (changed) return { fill: theme['hot-edge'] };
  switch (life) {
    case 'mapped':
      return { fill: theme.xen };
    case 'granted':
    case 'unmapped':
      return { fill: theme['domU-soft'], stroke: theme.domU };
    case 'allocated':
      return { fill: 'none', stroke: theme['line-strong'] };
    case 'revoked':
    case 'absent':
      return { fill: 'none', stroke: theme['line-strong'], 'stroke-dasharray': '1.5 1.5' };
  }
}
