/** The stage at a step: who holds what. */
import { stageWords as w } from '../content/stage.ts';
import { pictureWords as t } from '../content/picture.ts';
import { fill, words } from '../content/words.ts';
import type { WireRoom } from '../geometry/stage-wires.ts';
import { describeStage } from './describe.ts';
import { EDGE, footer, header, legend } from './frame.ts';
import type { Drawing, Drawn, Heights } from './frame.ts';
import { hot, patterns, TYPE } from './parts.ts';
import { queueInView, stepTitle } from './scene.ts';
import type { Scene } from './scene.ts';
import { document, path, rect, write } from './svg.ts';
import type { Box, Strip } from './svg.ts';
import { domain, PAD } from './stage/domain.ts';
import { wires } from './stage/wires.ts';
import { xen } from './stage/xen.ts';
import { xenstore } from './stage/xenstore.ts';
import { THEMES } from './theme.ts';
import type { Colour, Theme, ThemeName } from './theme.ts';
import { widthOf } from './text.ts';
import type { PulseView, StageView } from '../store/view.ts';

const SIDE = 330;
const GAP = 78;
const MIDDLE = 544;
const WIDTH = 2 * EDGE + 2 * SIDE + 2 * GAP + MIDDLE;
const STRIP = 28;
/** More pages of the queue in view, and each ring gets one line instead of one a page. */
const MOST_WIRES = 16;

/** Places from left to right. */
const LEFT = EDGE;
const CENTRE = EDGE + SIDE + GAP;
const RIGHT = CENTRE + MIDDLE + GAP;

export interface PictureOptions {
  readonly theme: ThemeName;
}

/** The stage as an SVG document. */
export function stagePicture(scene: Scene, { theme: name }: PictureOptions): string {
  const theme = THEMES[name];
  const { width, height, parts } = drawStage(scene, theme);
  return document(
    { width, height, title: `${scene.scenario}: ${stepTitle(scene)}`, description: describeStage(scene),
      ground: theme.ground, defs: patterns(theme) },
    ...parts,
  );
}

/** What is in that document, with parts at least so high. */
export function drawStage(scene: Scene, theme: Theme, least: Heights = {}): Drawing {
  const { view } = scene;
  const head = header(scene, WIDTH, theme, least.head);
  const top = head.bottom + 40;
  const queue = queueInView(scene);
  const own = view.rings.filter((ring) => ring.queue === queue);
  const perPage = own.reduce((sum, ring) => sum + ring.pages.length, 0) <= MOST_WIRES;
  const front = domain('front', view, { x: LEFT, y: top, width: SIDE, queue, perPage }, theme);
  const back = domain('back', view, { x: RIGHT, y: top, width: SIDE, queue, perPage }, theme);
  const store = xenstore(view, CENTRE, top, MIDDLE, theme);
  const between = Math.max(store.bottom, top + (least.store ?? 0));
  const grants = xen(view, { x: CENTRE, y: between + 10, width: MIDDLE, queue, least: least.list }, theme);
  const bottom = Math.max(Math.max(front.bottom, back.bottom, grants.bottom) + 4, top + (least.body ?? 0));
  const room: WireRoom = {
    zones: { domU: { x: LEFT, y: top, width: SIDE, height: bottom - top },
      dom0: { x: RIGHT, y: top, width: SIDE, height: bottom - top } },
    list: { left: CENTRE + 1, right: CENTRE + MIDDLE - 1, seam: grants.seam },
  };
  const { domU, dom0 } = room.zones;
  const { frames, maxFrames } = view.grants;
  const pending = view.xenstore.pending;
  const zones = [
    zone(domU, 'domU', w.zones.domU, view.guest === null ? w.zones.front : w.guest[view.guest], theme),
    zone({ x: CENTRE, y: top, width: MIDDLE, height: between - top }, 'xenstored', w.zones.xenstore,
      pending === null ? w.zones.store
        : fill(w.keys.pending, { who: w.party[pending.who], count: pending.count }), theme),
    zone(
      { x: CENTRE, y: between + 10, width: MIDDLE, height: bottom - between - 10 }, 'xen', w.zones.xen,
      fill(w.zones.grants, { frames, maxFrames }), theme),
    zone(dom0, 'dom0', w.zones.dom0, w.zones.back, theme),
  ];
  const ends = { rings: view.rings, queue, perPage, front, back, plan: grants.plan, room };
  const told = sent(view, bottom + 8, theme);
  const said = Math.max(told.bottom - bottom, least.said ?? 0);
  const foot = footer(scene, WIDTH, bottom + said + 12, theme);
  return {
    width: WIDTH, height: foot.bottom,
    parts: [
      head.svg, legend(LEFT, top - STRIP + 8, theme),
      toolstack(view, { x: RIGHT, y: top - STRIP - 6, width: SIDE }, theme),
      ...zones, front.svg, store.svg, grants.svg, back.svg, wires(ends, theme), told.svg, foot.svg,
    ],
    heights: { head: head.bottom, store: between - top, list: grants.list, body: bottom - top, said },
  };
}

/** The border of a zone, in the colour of whose it is, and its title. */
function zone(box: Box, party: Colour, title: string, aside: string, theme: Theme): string {
  const { x, y, width } = box;
  const own = widthOf(title, TYPE.zone);
  return rect(box, { fill: theme.surface, stroke: theme.line, rx: 8 })
    + path(`M${x + 1.5} ${y + 7}Q${x + 1.5} ${y + 1.5} ${x + 8} ${y + 1.5}H${x + width - 8}Q${x + width - 1.5} ${y + 1.5} ${x + width - 1.5} ${y + 7}`, { stroke: theme[party], 'stroke-width': 3 })
    + write(x + PAD, y + 23, title, { ...TYPE.zone, fill: theme.ink, width: own })
    + write(x + width - PAD, y + 23, aside,
      { ...TYPE.body, fill: theme['ink-2'], anchor: 'end', width: width - 2 * PAD - own - 10 });
}

/** The toolstack, in dom0's userspace. */
function toolstack({ toolstack: thread }: StageView, { x, y, width }: Strip, theme: Theme): string {
  const running = thread?.running === true;
  const box = { x, y, width, height: STRIP };
  const ink = running ? theme['hot-ink'] : theme.ink;
  const own = widthOf(w.zones.toolstack, TYPE.name);
  return (running ? hot(box, theme) : rect(box, { fill: theme.surface, stroke: theme.toolstack, rx: 8 }))
    + write(x + PAD, y + 18, w.zones.toolstack, { ...TYPE.name, fill: ink, width: own })
    + write(x + width - PAD, y + 18, thread?.doing ?? words.acts.idle, {
      ...TYPE.code, fill: running ? ink : theme['ink-2'], anchor: 'end', width: width - 2 * PAD - own - 10,
    });
}

/** Messages that are told; the others are counted. */
const SENT = 3;

/** What the step sent, in words: watches that fired, events. */
function sent({ pulses }: StageView, y: number, theme: Theme): Drawn {
  if (pulses === null) return { svg: '', bottom: y };
  const lines = [...new Set(pulses.sent.map(sentence))];
  const shown = lines.slice(0, SENT);
  if (lines.length > shown.length) shown.push(fill(t.more, { count: lines.length - shown.length }));
  const width = WIDTH - 2 * EDGE - 14;
  return {
    svg: shown.map((line, place) => {
      const base = y + 14 + place * 16;
      return path(`M${EDGE} ${base - 8}l7 4l-7 4Z`, { fill: theme.hot, stroke: theme['hot-edge'] })
        + write(EDGE + 14, base, line, { ...TYPE.body, fill: theme.ink, width });
    }).join(''),
    bottom: y + 14 + shown.length * 16 - 8,
  };
}

function sentence(pulse: PulseView): string {
  if (pulse.kind === 'watch') return fill(t.watch, { who: w.party[pulse.to], path: pulse.path });
  return fill(t.event, { dom: pulse.dom === 0 ? w.zones.dom0 : w.zones.domU, port: pulse.port });
}
