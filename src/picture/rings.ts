/** The rings of a step as circles, with the indexes that both sides see and those that each keeps for itself. */
import { pictureWords } from '../content/picture.ts';
import { ringWords } from '../content/rings.ts';
import { fill } from '../content/words.ts';
import {
  bandPath, CIRCLE, degrees, leaderPath, scalePath, slotAngle, spread,
} from '../geometry/ring-circle.ts';
import { INDEXES, indexValue, runsOf, SLOT_STATES, slotsOf } from '../store/stage/ring-slots.ts';
import type { Index, SlotState } from '../store/stage/ring-slots.ts';
import { ringName } from '../store/stage/words.ts';
import type { RingView } from '../store/view.ts';
import { describeRings } from './describe.ts';
import { EDGE, footer, header } from './frame.ts';
import type { Drawing, Heights } from './frame.ts';
import { hot, STRIPED, patterns, TYPE } from './parts.ts';
import { stepTitle } from './scene.ts';
import type { Scene } from './scene.ts';
import { circle, document, element, path, rect, round, titled, write } from './svg.ts';
import { widthOf } from './text.ts';
import { THEMES } from './theme.ts';
import type { Theme, ThemeName } from './theme.ts';

const t = pictureWords.rings;

const CARD = { width: 668, height: 318 } as const;
const GAP = 24;
const WIDTH = 2 * EDGE + 2 * CARD.width + GAP;
/** Of the circle, whose drawing has units of its own. */
const SCALE = 1.9;
const ROW = 19;

/** Every ring as an SVG document. */
export function ringsPicture(scene: Scene, { theme: name }: { theme: ThemeName }): string {
  const theme = THEMES[name];
  const { width, height, parts } = drawRings(scene, theme);
  return document(
    { width, height, title: `${scene.scenario}: ${stepTitle(scene)}`,
      description: describeRings(scene), ground: theme.ground, defs: patterns(theme) },
    ...parts,
  );
}

/** What is in that document, with parts at least so high. */
export function drawRings(scene: Scene, theme: Theme, least: Heights = {}): Drawing {
  const { rings } = scene.view;
  const head = header(scene, WIDTH, theme, least.head);
  const top = head.bottom + 12;
  const cards = rings.map((ring, i) => card(ring, EDGE + (i % 2) * (CARD.width + GAP),
    top + Math.floor(i / 2) * (CARD.height + GAP), theme));
  const own = rings.length === 0 ? 40 : Math.ceil(rings.length / 2) * (CARD.height + GAP);
  const body = Math.max(own, least.body ?? 0);
  const none = rings.length > 0 ? ''
    : write(EDGE, top + 20, t.none, { ...TYPE.body, fill: theme['ink-2'], width: WIDTH - 2 * EDGE });
  const foot = footer(scene, WIDTH, top + body, theme);
  return {
    width: WIDTH, height: foot.bottom, parts: [head.svg, ...cards, none, foot.svg],
    heights: { head: head.bottom, body },
  };
}

function card(ring: RingView, x: number, y: number, theme: Theme): string {
  const slots = slotsOf(ring);
  const title = fill(t.title, { ring: ringName(ring), queue: ring.queue });
  const pages = ring.pages.length === 1 ? ringWords.one : ringWords.many;
  const about = ring.entries === 0 ? ringWords.bare : fill(pages, { slots, pages: ring.pages.length });
  return rect({ x, y, ...CARD }, { fill: theme.surface, stroke: theme.line, rx: 8 })
    + write(x + 16, y + 25, title, { ...TYPE.zone, fill: theme.ink, width: 260 })
    + write(x + CARD.width - 16, y + 25, about,
      { ...TYPE.small, fill: theme['ink-2'], anchor: 'end', width: 340 })
    + drawing(ring, slots, x + 16 + SCALE * CIRCLE.size / 2, y + 42 + SCALE * CIRCLE.size / 2, theme)
    + table(ring, slots, x + 16 + SCALE * CIRCLE.size + 24, y + 48, x + CARD.width - 16, theme)
    + write(x + 16, y + CARD.height - 9, ringWords.wider, {
      ...TYPE.small, fill: theme['ink-3'], width: CARD.width - 32,
    });
}

/** Responses are striped, so that it is not the colour alone that tells them from requests. */
function over(state: SlotState): Readonly<Record<string, string>>[] {
  return state === 'rspPublished' || state === 'rspWritten' ? [{ fill: STRIPED }] : [];
}

/** How a stretch of slots is filled: what is written and not published is fainter. */
function look(state: SlotState, theme: Theme): Readonly<Record<string, string | number>> {
  switch (state) {
    case 'reqPublished':
      return { fill: theme.domU };
    case 'reqWritten':
      return { fill: theme.domU, 'fill-opacity': 0.4 };
    case 'taken':
      return { fill: theme.xen };
    case 'rspPublished':
      return { fill: theme.dom0 };
    case 'rspWritten':
      return { fill: theme.dom0, 'fill-opacity': 0.4 };
    case 'free':
      return { fill: theme.sunken };
  }
}

function drawing(ring: RingView, slots: number, x: number, y: number, theme: Theme): string {
  const runs = [...(runsOf(ring) ?? [])].sort((a, b) => b.count - a.count);
  return element('g', { transform: `translate(${round(x)} ${round(y)}) scale(${SCALE})` },
    path(bandPath(0, slots, slots),
      { fill: theme.sunken, stroke: theme['line-strong'], 'stroke-width': 0.5 }),
    ...runs.map(({ state, from, count }) => [look(state, theme), ...over(state)]
      .map((style) => path(bandPath(from, count, slots), style)).join('')),
    path(scalePath(slots), { stroke: theme.line, 'stroke-width': 0.4 }),
    path(`M0 ${-CIRCLE.outer}V${-CIRCLE.inner + 3}`, { stroke: theme.ink, 'stroke-width': 1 }),
    marks(ring, slots, true, theme), marks(ring, slots, false, theme))
    + write(x, y - 2, ringName(ring), { ...TYPE.zone, fill: theme.ink, anchor: 'middle', width: 60 })
    + write(x, y + 14, fill(t.slots, { slots }),
      { ...TYPE.small, fill: theme['ink-2'], anchor: 'middle', width: 80 });
}

const SHAPES = {
  in: 'M-4 -3.5H4L0 3.5Z', out: 'M-4 3.5H4L0 -3.5Z', cons: 'M-3 -3H3V3H-3Z', event: 'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z',
} as const;

/** The sign of an index around (0, 0), as in the page's lens: a triangle produces, a square consumes, a disc asks for an event. */
function sign({ owner, of, role }: Index, changed: boolean, theme: Theme): string {
  const shape = role === 'prod' ? SHAPES[owner === 'shared' ? 'in' : 'out'] : SHAPES[role];
  const colour = { shared: theme.ink, netfront: theme.domU, netback: theme.dom0 }[owner];
  const halo = changed
    ? circle(0, 0, 6.5, { fill: theme.hot, stroke: theme['hot-edge'], 'stroke-width': 0.8 }) : '';
  return halo + path(shape, { fill: of === 'rsp' ? theme.surface : colour, stroke: colour });
}

function marks(ring: RingView, slots: number, outside: boolean, theme: Theme): string {
  const radius = outside ? CIRCLE.outside : CIRCLE.inside;
  const edge = outside ? CIRCLE.outer : CIRCLE.inner;
  const there = INDEXES.flatMap((index) => {
    const value = indexValue(ring, index);
    return (index.owner === 'shared') === outside && value !== null
      ? [{ index, value, angle: slotAngle(value, slots) }] : [];
  });
  const places = spread(there.map(({ angle }) => angle), radius);
  return there.map(({ index, value, angle }, i) => titled(`${index.name} ${value}`,
    path(leaderPath(angle, places[i]!, edge, radius), { stroke: theme['ink-3'], 'stroke-width': 0.6 }),
    element('g', { transform: `rotate(${round(degrees(places[i]!))}) translate(0 ${-radius})` },
      sign(index, ring.changed?.includes(index.name) ?? false, theme)),
  )).join('');
}

function table(ring: RingView, slots: number, x: number, y: number, right: number, theme: Theme): string {
  const quiet = { ...TYPE.small, fill: theme['ink-2'] };
  const columns = { value: right - 100, slot: right - 46, lap: right } as const;
  const parts = [
    write(x, y, t.index, { ...quiet, width: 120 }),
    write(columns.value, y, t.value, { ...quiet, anchor: 'end', width: 54 }),
    write(columns.slot, y, t.slot, { ...quiet, anchor: 'end', width: 46 }),
    write(columns.lap, y, t.lap, { ...quiet, anchor: 'end', width: 40 }),
  ];
  for (const [line, index] of INDEXES.entries()) {
    const base = y + (line + 1) * ROW;
    const value = indexValue(ring, index);
    const changed = ring.changed?.includes(index.name) ?? false;
    const style = { ...TYPE.code, fill: changed ? theme['hot-ink'] : theme.ink };
    const name = widthOf(index.name, TYPE.code);
    const where = index.owner === 'shared' ? t.shared : fill(t.of, { who: index.owner });
    if (changed) parts.push(hot({ x: x - 4, y: base - 13, width: right - x + 8, height: ROW - 1 }, theme));
    parts.push(
      element('g', { transform: `translate(${round(x + 6)} ${round(base - 4)})` }, sign(index, false, theme)),
      write(x + 18, base, index.name, { ...style, width: name }),
      write(x + 26 + name, base, where,
        { ...TYPE.small, fill: changed ? theme['hot-ink'] : theme['ink-2'],
          width: columns.value - 94 - x - name }),
    );
    const cells = value === null ? [['value', t.absent]] as const : [
      ['value', String(value)], ['slot', String(value % slots)], ['lap', String(Math.floor(value / slots))],
    ] as const;
    for (const [column, text] of cells) {
      parts.push(write(columns[column], base, text,
        { ...style, anchor: 'end', width: column === 'value' ? 64 : 46 }));
    }
  }
  return parts.join('') + states(ring, x, y + 9.3 * ROW, right, theme);
}

/** How many slots are in each state; in words where the indexes contradict each other. */
function states(ring: RingView, x: number, y: number, right: number, theme: Theme): string {
  const runs = runsOf(ring);
  const quiet = { ...TYPE.small, fill: theme['ink-2'] };
  if (runs === null) return write(x, y, ringWords.contradict,
    { ...quiet, fill: theme.bad, width: right - x });
  const rows = SLOT_STATES.flatMap((state) => {
    const run = runs.find((one) => one.state === state);
    return run === undefined ? [] : [{ state, count: run.count }];
  });
  return rows.map(({ state, count }, line) => {
    const base = y + line * 15;
    const swatch = { x: x + 1, y: base - 9, width: 10, height: 10 };
    return [{ ...look(state, theme), stroke: theme['line-strong'], 'stroke-width': 0.5 }, ...over(state)]
      .map((style) => rect(swatch, style)).join('')
      + write(x + 18, base, ringWords.states[state], { ...quiet, width: right - x - 80 })
      + write(right, base, String(count), { ...TYPE.code, fill: theme.ink, anchor: 'end', width: 60 });
  }).join('');
}
