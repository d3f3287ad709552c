// Which lines the map draws, from the view: one a page, or one a ring and one a folded queue when pages are
// many.
import { rowLine, rowSpan } from '../../geometry/stage-list.ts';
import { ringsLayout, wirePerPage } from '../../geometry/stage-rings.ts';
import type { RingsLayout, RingsShape } from '../../geometry/stage-rings.ts';
import { bundleWire, pageWire, strandWire, tilesBracket } from '../../geometry/stage-wires.ts';
import type { Point, WirePath } from '../../geometry/stage-wires.ts';
import { inFlow } from '../../geometry/stage-zones.ts';
import type { StageLayout } from '../../geometry/stage-zones.ts';
import type { RingPageView, RingView } from '../../store/view.ts';
import { lineOf } from './model.ts';
import type { GrantItem } from '../../store/stage/lists.ts';

export interface Wire extends WirePath {
  readonly key: string;
  /** `mixed`: a bundle of which only some pages are mapped. */
  readonly life: 'granted' | 'mapped' | 'mixed';
  readonly kind: 'page' | 'bundle' | 'strand' | 'queue';
  readonly hot: boolean;
  /** A person points at something of it. */
  readonly lit: boolean;
  /** Its entry is scrolled out of the list. */
  readonly faint: boolean;
}

interface Scene {
  readonly layout: StageLayout;
  readonly front: RingsLayout;
  readonly back: RingsLayout;
  readonly perPage: boolean;
  readonly items: readonly GrantItem[];
  readonly rowOf: ReadonlyMap<number, number>;
  readonly hotRefs: ReadonlySet<number>;
  readonly scroll: number;
  readonly lit: string | null;
}

/** An entry exists while its page is granted: 'unmapped' is granted still. */
function isWired(page: RingPageView): page is RingPageView & { ref: number } {
  return page.ref !== null && (page.life === 'granted' || page.life === 'mapped' || page.life === 'unmapped');
}

/** A page's place among the wires from top to bottom, from -1 to 1. */
function placeOf(ring: RingView, page: number, scene: Scene): number {
  const tx = scene.front.tx.tiles.length;
  const last = tx + scene.front.rx.tiles.length - 1;
  const place = ring.direction === 'tx' ? page : tx + page;
  return last <= 0 ? 0 : 2 * place / last - 1;
}

function pageWires(ring: RingView, scene: Scene): Wire[] {
  const front = scene.front[ring.direction];
  const back = scene.back[ring.direction];
  const { zones } = scene.layout;
  return ring.pages.filter(isWired).flatMap((page): Wire[] => {
    const row = scene.rowOf.get(page.ref);
    const from = front.tiles[page.index];
    const to = back.tiles[page.index];
    const up = front.lanes[page.index];
    const down = back.lanes[page.index];
    if (row === undefined || from === undefined || up === undefined) return [];
    if (to === undefined || down === undefined) return [];
    const mapped = page.life === 'mapped';
    const line = rowLine(scene.layout.list, row, scene.scroll);
    const path = pageWire(
      scene.layout, { tile: inFlow(zones.domU, from), lane: zones.domU.y + up }, line,
      mapped ? { tile: inFlow(zones.dom0, to), lane: zones.dom0.y + down } : null,
      placeOf(ring, page.index, scene),
    );
    return [{
      ...path, key: `${ring.direction}${page.index}`, life: mapped ? 'mapped' : 'granted', kind: 'page',
      hot: page.hot || scene.hotRefs.has(page.ref), lit: scene.lit === lineOf.ref(page.ref), faint: !line.shown,
    }];
  });
}

function bundleLife(pages: readonly RingPageView[]): Wire['life'] {
  const mapped = pages.filter((page) => page.life === 'mapped').length;
  if (mapped === 0) return 'granted';
  return mapped === pages.length ? 'mapped' : 'mixed';
}

function ringBundle(ring: RingView, scene: Scene): Wire[] {
  const pages = ring.pages.filter(isWired);
  const rows = pages.map((page) => scene.rowOf.get(page.ref)).filter((row) => row !== undefined);
  if (rows.length === 0) return [];
  const { zones } = scene.layout;
  const front = scene.front[ring.direction].tiles.map((tile) => inFlow(zones.domU, tile));
  const back = scene.back[ring.direction].tiles.map((tile) => inFlow(zones.dom0, tile));
  const from = tilesBracket(front, 'front');
  const to = tilesBracket(back, 'back');
  const span = rowSpan(scene.layout.list, Math.min(...rows), Math.max(...rows), scene.scroll);
  const life = bundleLife(pages);
  const end: Point | null = life === 'granted' ? null : to.at;
  const path = bundleWire(scene.layout, from.at, span, end);
  const bundle: Wire = {
    d: from.d + path.d + (end === null ? '' : to.d), pins: [], key: ring.direction, life, kind: 'bundle',
    hot: false, lit: false, faint: !span.shown,
  };
  const isHot = (page: (typeof pages)[number]): boolean => page.hot || scene.hotRefs.has(page.ref);
  const isLit = (page: (typeof pages)[number]): boolean => scene.lit === lineOf.ref(page.ref);
  const strands = pages.filter((page) => isHot(page) || isLit(page)).map((page): Wire => {
    const line = rowLine(scene.layout.list, scene.rowOf.get(page.ref) ?? 0, scene.scroll);
    const mapped = page.life === 'mapped';
    return {
      ...strandWire(scene.layout, from.at, line, mapped ? to.at : null), key: `${ring.direction}${page.index}`,
      life: mapped ? 'mapped' : 'granted', kind: 'strand', hot: isHot(page), lit: isLit(page), faint: !line.shown,
    };
  });
  return [bundle, ...strands];
}

/** The line of a queue that is folded away, between its rows in the two lists. */
function queueWires(rings: readonly RingView[], scene: Scene): Wire[] {
  const { zones } = scene.layout;
  return scene.items.flatMap((item, row): Wire[] => {
    if (item.kind !== 'queue') return [];
    const from = scene.front.queueRows[item.queue];
    const to = scene.back.queueRows[item.queue];
    if (from === undefined || to === undefined) return [];
    const own = rings.filter((ring) => ring.queue === item.queue);
    const life = bundleLife(own.flatMap((ring) => ring.pages).filter(isWired));
    const line = rowLine(scene.layout.list, row, scene.scroll);
    const start = { x: zones.domU.x + from.x + from.width, y: zones.domU.y + from.y + from.height / 2 };
    const end = { x: zones.dom0.x + to.x, y: zones.dom0.y + to.y + to.height / 2 };
    return [{
      ...strandWire(scene.layout, start, line, life === 'granted' ? null : end), key: `q${item.queue}`, life, kind: 'queue',
      hot: item.hot, lit: scene.lit === lineOf.queue(item.queue), faint: !line.shown,
    }];
  });
}

/** What the map draws lines between. */
export interface WireView {
  readonly rings: readonly RingView[];
  readonly shape: RingsShape;
  readonly items: readonly GrantItem[];
  readonly queue: number;
  readonly scroll: number;
  readonly layout: StageLayout;
  readonly lit: string | null;
}

/** Every line of the map; the current step's and the one a person points at come last, so that they lie on top. */
export function wiresOf({ rings, shape, items, queue, scroll, layout, lit }: WireView): Wire[] {
  const rowOf = new Map<number, number>();
  const hotRefs = new Set<number>();
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'row') continue;
    rowOf.set(item.row.ref, index);
    if (item.row.hot) hotRefs.add(item.row.ref);
  }
  const scene: Scene = {
    layout, front: ringsLayout(shape, 'front', layout.zones.domU),
    back: ringsLayout(shape, 'back', layout.zones.dom0), perPage: wirePerPage(shape),
    items, rowOf, hotRefs, scroll, lit,
  };
  const chosen = rings.filter((ring) => ring.queue === queue);
  const own = chosen.flatMap((ring) => scene.perPage ? pageWires(ring, scene) : ringBundle(ring, scene));
  const wires = [...queueWires(rings, scene), ...own];
  const over = (wire: Wire): number => (wire.hot ? 1 : 0) + (wire.lit ? 2 : 0);
  return wires.sort((a, b) => over(a) - over(b));
}
