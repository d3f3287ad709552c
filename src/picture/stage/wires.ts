/** The lines from a page through its grant entry to where it is mapped: one a page, or one a ring where there are many. */
import { bundleWire, pageWire, strandWire, tilesBracket } from '../../geometry/stage-wires.ts';
import type { Point, WirePath, WireRoom } from '../../geometry/stage-wires.ts';
import type { RingPageView, RingView } from '../../store/view.ts';
import { wire } from '../frame.ts';
import { circle, element, path } from '../svg.ts';
import type { Theme } from '../theme.ts';
import type { Domain } from './domain.ts';
import { ROW } from './xen.ts';
import type { GrantPlan } from './xen.ts';

type Life = 'granted' | 'mapped' | 'mixed';

interface Line extends WirePath {
  readonly life: Life;
  readonly width?: number;
  readonly hot: boolean;
}

/** What lines are drawn between. */
export interface Ends {
  readonly rings: readonly RingView[];
  readonly queue: number;
  readonly perPage: boolean;
  readonly front: Domain;
  readonly back: Domain;
  readonly plan: GrantPlan;
  readonly room: WireRoom;
}

/** An entry exists while its page is granted: 'unmapped' is granted still. */
function isWired(page: RingPageView): page is RingPageView & { ref: number } {
  return page.ref !== null && (page.life === 'granted' || page.life === 'mapped' || page.life === 'unmapped');
}

function lifeOf(pages: readonly RingPageView[]): Life {
  const mapped = pages.filter((page) => page.life === 'mapped').length;
  return mapped === 0 ? 'granted' : mapped === pages.length ? 'mapped' : 'mixed';
}

/** Every line as markup; those of the current step last, so that they lie on top. */
export function wires(ends: Ends, theme: Theme): string {
  const chosen = ends.rings.filter((ring) => ring.queue === ends.queue);
  const lines = [...queueLines(ends),
    ...chosen.flatMap((ring) => (ends.perPage ? pageLines(ring, ends) : ringLines(ring, ends)))];
  return [...lines].sort((a, b) => Number(a.hot) - Number(b.hot)).map((line) => drawn(line, theme)).join('');
}

function drawn({ d, life, width, hot, pins }: Line, theme: Theme): string {
  const casing = hot
    ? path(d, { stroke: theme['hot-edge'], 'stroke-width': 5.5 })
      + path(d, { stroke: theme.hot, 'stroke-width': 4 })
    : path(d, { stroke: theme.surface, 'stroke-width': 3.5, 'stroke-opacity': 0.7 });
  const pin = life === 'granted' ? { fill: theme.surface, stroke: theme.domU }
    : { fill: theme.xen, stroke: theme.xen };
  return element('g', {}, casing, wire(d, life, theme, width),
    ...pins.map(({ x, y }) => circle(x, y, 2.25, pin)));
}

function itemOf(plan: GrantPlan, ref: number): number {
  return plan.items.findIndex((item) => item.kind === 'row' && item.row.ref === ref);
}

/** The line under an item of the grant table. */
function under(plan: GrantPlan, item: number): { y: number; shown: boolean } {
  return { y: plan.top + (item + 1) * ROW - 0.5, shown: true };
}

function pageLines(ring: RingView, { front, back, plan, room }: Ends): Line[] {
  const [from, to] = [front.rings[ring.direction]!, back.rings[ring.direction]!];
  const wired = ring.pages.filter(isWired);
  return wired.flatMap((page): Line[] => {
    const item = itemOf(plan, page.ref);
    if (item < 0) return [];
    const mapped = page.life === 'mapped';
    const order = ring.pages.length < 2 ? 0 : 2 * page.index / (ring.pages.length - 1) - 1;
    const line = pageWire(
      room, { tile: from.tiles[page.index]!, lane: from.lanes[page.index]! }, under(plan, item),
      mapped ? { tile: to.tiles[page.index]!, lane: to.lanes[page.index]! } : null, order,
    );
    return [{ ...line, life: mapped ? 'mapped' : 'granted', hot: page.hot }];
  });
}

/** One line for a ring with many pages, and one of its own for each page that the step changed. */
function ringLines(ring: RingView, { front, back, plan, room }: Ends): Line[] {
  const pages = ring.pages.filter(isWired);
  const items = pages.map(({ ref }) => itemOf(plan, ref)).filter((item) => item >= 0);
  if (items.length === 0) return [];
  const from = tilesBracket(front.rings[ring.direction]!.tiles, 'front');
  const to = tilesBracket(back.rings[ring.direction]!.tiles, 'back');
  const life = lifeOf(pages);
  const end: Point | null = life === 'granted' ? null : to.at;
  const [top, bottom] = [plan.top + Math.min(...items) * ROW + 2, plan.top + (Math.max(...items) + 1) * ROW - 2];
  const span = { top, bottom, shown: true };
  const bundle = bundleWire(room, from.at, span, end);
  const strands = pages.filter((page) => page.hot).flatMap((page): Line[] => {
    const item = itemOf(plan, page.ref);
    if (item < 0) return [];
    const mapped = page.life === 'mapped';
    return [{ ...strandWire(room, from.at, under(plan, item), mapped ? to.at : null),
      life: mapped ? 'mapped' : 'granted', hot: true }];
  });
  return [{ d: from.d + bundle.d + (end === null ? '' : to.d), pins: [], life, width: 2.5, hot: false },
    ...strands];
}

/** The line of a queue whose pages are not drawn, between its rows. */
function queueLines({ rings, front, back, plan, room }: Ends): Line[] {
  return plan.items.flatMap((item, place): Line[] => {
    if (item.kind !== 'queue') return [];
    const [from, to] = [front.queueRows.get(item.queue), back.queueRows.get(item.queue)];
    const pages = rings.filter((ring) => ring.queue === item.queue).flatMap((ring) => ring.pages).filter(isWired);
    if (from === undefined || to === undefined || pages.length === 0) return [];
    const life = lifeOf(pages);
    const start = { x: from.x + from.width, y: from.y + from.height / 2 };
    const end = life === 'granted' ? null : { x: to.x, y: to.y + to.height / 2 };
    return [{ ...strandWire(room, start, under(plan, place), end), life, width: 1.5, hot: item.hot }];
  });
}
