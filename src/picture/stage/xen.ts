/** What Xen keeps: the guest's grant table, with its own columns beside each entry, and the event channels. */
import { pictureWords as t } from '../../content/picture.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { grantItems, portPairs } from '../../store/stage/lists.ts';
import type { GrantItem, PortPair } from '../../store/stage/lists.ts';
import { grantSentence, groupBytes, isLit, LAMPS, portSentence, ringName, whyNone } from '../../store/stage/words.ts';
import type { GrantRowView, PortView, RingView, StageView } from '../../store/view.ts';
import type { Drawn } from '../frame.ts';
import { hot, lamp, squareLamp, TYPE } from '../parts.ts';
import { path, rect, titled, write } from '../svg.ts';
import type { Strip } from '../svg.ts';
import { widthOf, wrapped } from '../text.ts';
import type { Theme } from '../theme.ts';
import { HEAD, PAD } from './domain.ts';

export const ROW = 18;
/** Items of the grant table and pairs of ports that are listed; the others are counted. */
const ITEMS = 48;
const PAIRS = 8;

/** The grant table's items as drawn, from `top` on, one a row. */
export interface GrantPlan {
  readonly top: number;
  readonly items: readonly GrantItem[];
}

/** Drawn, with the place of each item; `seam` is where the entry ends and Xen's own columns begin. */
export interface Xen extends Drawn {
  readonly plan: GrantPlan;
  readonly seam: number;
  /** How high the list of entries is. */
  readonly list: number;
}

interface Place extends Strip {
  readonly queue: number;
  /** How high the list of entries is at least. */
  readonly least: number | undefined;
}

/** Columns, from the zone's left edge; those of Xen from its right. */
const COLUMN = {
  ref: PAD, page: 58, dom: 120, frame: 148, lamps: 206, bytes: 274, handle: 78, mfn: PAD,
} as const;
const LAMP_STEP = 16;

/** The zone's content. */
export function xen(view: StageView, { x, y, width, queue, least = 0 }: Place, theme: Theme): Xen {
  const all = grantItems(view.grants, view.rings, queue);
  const items = all.length > ITEMS ? kept(all) : all;
  const top = y + HEAD + 18;
  const parts = [heads(x, y + HEAD + 11, width, theme)];
  let bottom = top + items.length * ROW;
  if (items.length === 0) {
    for (const line of wrapped(whyNone('entries', view), width - 2 * PAD, TYPE.small, 2)) {
      parts.push(write(x + PAD, bottom + 14, line,
        { ...TYPE.small, fill: theme['ink-2'], width: width - 2 * PAD }));
      bottom += 16;
    }
  }
  for (const [line, item] of items.entries()) {
    parts.push(draw(item, view, { x, y: top + line * ROW, width }, theme));
  }
  if (all.length > items.length) {
    parts.push(write(x + PAD, bottom + 13, fill(t.more, { count: all.length - items.length }),
      { ...TYPE.small, fill: theme['ink-2'], width: 200 }));
    bottom += ROW;
  }
  bottom = Math.max(bottom, top + least);
  parts.push(key(x + PAD, bottom + 16, width - 2 * PAD, theme));
  const channels = ports(view, queue, { x: x + PAD, y: bottom + 28, width: width - 2 * PAD }, theme);
  parts.push(channels.svg);
  const seam = x + width - COLUMN.handle - 44;
  return { svg: parts.join(''), bottom: channels.bottom, plan: { top, items }, seam, list: bottom - top };
}

function isHot(item: GrantItem): boolean {
  return item.kind === 'row' ? item.row.hot : item.kind === 'queue' && item.hot;
}

/** The first items, and of the others those that the step changed. */
function kept(all: readonly GrantItem[]): GrantItem[] {
  const later = all.slice(ITEMS).filter(isHot).slice(0, ITEMS / 2);
  return [...all.slice(0, ITEMS - later.length), ...later];
}

function heads(x: number, base: number, width: number, theme: Theme): string {
  const style = { ...TYPE.small, fill: theme['ink-2'] };
  const { grants: g } = w;
  const head = (at: number, text: string, room: number,
    anchor: 'start' | 'end' | 'middle' = 'start'): string =>
    write(at, base, text, { ...style, width: room, anchor });
  return [
    head(x + COLUMN.ref, g.ref, 40), head(x + COLUMN.dom, g.dom, 28), head(x + COLUMN.frame, g.frame, 50),
    ...LAMPS.map(({ key: name }, i) =>
      head(x + COLUMN.lamps + 6 + i * LAMP_STEP, w.lamps[name].letter, 18, 'middle')),
    head(x + COLUMN.bytes, g.bytes, 80),
    head(x + width - COLUMN.handle, g.handle, 46, 'end'),
    head(x + width - COLUMN.mfn, g.mfn, 40, 'end'),
  ].join('');
}

function draw(item: GrantItem, { rings }: StageView, box: Strip, theme: Theme): string {
  if (item.kind === 'row') return entry(item.row, rings, box, theme);
  const { x, y, width } = box;
  const text = item.kind === 'queue'
    ? fill(w.queues.entries,
      { queue: item.queue, from: item.from, to: item.to, count: item.count, text: item.text })
    : `${item.from === item.to ? item.from : fill(w.grants.range, item)} · ${item.label}`;
  const changed = isHot(item);
  const back = { x: x + 4, y: y + 1, width: width - 8, height: ROW - 2 };
  return (changed ? hot(back, theme) : rect(back, { fill: theme.sunken, rx: 3 }))
    + write(x + PAD, y + 13, text,
      { ...TYPE.small, fill: changed ? theme['hot-ink'] : theme['ink-2'], width: width - 2 * PAD });
}

/** Which page of which ring an entry names, in short; '' while no ring claims the frame. */
function pageOf({ ref, frame }: GrantRowView, rings: readonly RingView[]): string {
  for (const ring of rings) {
    const page = ring.pages.find((one) => one.ref === ref || (one.ref === null && one.gfn === frame));
    if (page !== undefined) return `q${ring.queue} ${ringName(ring)} ${page.index}`;
  }
  return '';
}

function entry(row: GrantRowView, rings: readonly RingView[], { x, y, width }: Strip, theme: Theme): string {
  const base = y + 13;
  const ink = row.hot ? theme['hot-ink'] : theme.ink;
  const quiet = row.hot ? theme['hot-ink'] : theme['ink-2'];
  const cell = (at: number, text: string, room: number, fillOf = ink,
    anchor: 'start' | 'end' = 'start'): string =>
    write(at, base, text, { ...TYPE.code, fill: fillOf, width: room, anchor });
  return titled(`${fill(w.grants.entry, { ref: row.ref, ring: row.ring })}: ${grantSentence(row)}`,
    row.hot ? hot({ x: x + 4, y: y + 1, width: width - 8, height: ROW - 2 }, theme) : '',
    cell(x + COLUMN.ref, String(row.ref), 42), cell(x + COLUMN.page, pageOf(row, rings), 62, quiet),
    cell(x + COLUMN.dom, String(row.domid), 24), cell(x + COLUMN.frame, row.frame.toString(16), 56),
    ...LAMPS.map(({ key: name }, i) => lamp(
      x + COLUMN.lamps + 6 + i * LAMP_STEP, base - 4, isLit(name, row.flags),
      name === 'permit' || name === 'readonly' ? theme.domU : theme.xen, theme['line-strong'],
    )),
    cell(x + COLUMN.bytes, groupBytes(row.bytes), 130, quiet),
    cell(x + width - COLUMN.handle, row.handle === null ? w.grants.none : String(row.handle), 40, ink, 'end'),
    cell(x + width - COLUMN.mfn, row.mfn === null ? w.grants.none : row.mfn.toString(16), 60, ink, 'end'));
}

/** What the lamps of the entries mean. */
function key(x: number, base: number, width: number, theme: Theme): string {
  const style = { ...TYPE.small, fill: theme['ink-2'], width: width / 2 - 16 };
  return lamp(x + 4, base - 4, true, theme.domU, theme.domU) + write(x + 14, base, w.grants.byDomU, style)
    + lamp(x + width / 2 + 4, base - 4, true, theme.xen, theme.xen)
      + write(x + width / 2 + 14, base, w.grants.byXen, style);
}

/** The pairs that are listed: those of the step and of the queue in view before others, in their order. */
function listed(pairs: readonly PortPair[], queue: number): readonly PortPair[] {
  if (pairs.length <= PAIRS) return pairs;
  const own = `queue ${queue} `;
  const rank = ({ front, back, purpose }: PortPair): number =>
    front?.hot === true || back?.hot === true ? 0 : purpose.startsWith(own) ? 1 : 2;
  const chosen = new Set([...pairs].sort((a, b) => rank(a) - rank(b)).slice(0, PAIRS));
  return pairs.filter((pair) => chosen.has(pair));
}

function ports(view: StageView, queue: number, { x, y, width }: Strip, theme: Theme): Drawn {
  const pairs = portPairs(view.ports);
  const style = { ...TYPE.small, fill: theme['ink-2'] };
  const right = x + width;
  const parts = [
    path(`M${x} ${y}h${width}`, { stroke: theme.line }),
    write(x, y + 17, w.ports.title, { ...style, width: width - 150 }),
    lamp(right - 122, y + 13, true, theme.xen, theme.xen),
    write(right - 112, y + 17, w.ports.pending, { ...style, width: 50 }),
    squareLamp(right - 54, y + 13, true, theme['ink-2'], theme['ink-2']),
    write(right - 46, y + 17, w.ports.masked, { ...style, width: 46 }),
  ];
  let bottom = y + 22;
  if (pairs.length === 0) {
    parts.push(write(x, bottom + 13, whyNone('ports', view),
      { ...style, width }));
    return { svg: parts.join(''), bottom: bottom + 24 };
  }
  const shown = listed(pairs, queue);
  for (const pair of shown) {
    parts.push(pairRow(pair, { x, y: bottom, width }, theme));
    bottom += ROW;
  }
  if (pairs.length > shown.length) {
    parts.push(write(x, bottom + 13, fill(t.more, { count: pairs.length - shown.length }),
      { ...style, width }));
    bottom += ROW;
  }
  return { svg: parts.join(''), bottom: bottom + 6 };
}

function pairRow({ purpose, front, back }: PortPair, { x, y, width }: Strip, theme: Theme): string {
  const base = y + 13;
  const bound = front !== null && back !== null;
  const peer = front?.remoteDom === 0 ? w.short.dom0 : w.short.domU;
  const changed = front?.hot === true || back?.hot === true;
  const ink = changed ? theme['hot-ink'] : theme.ink;
  const middle = x + width * 0.6;
  const state = bound ? w.ports.bound : w.ports.unbound;
  const half = widthOf(state, TYPE.small) / 2 + 6;
  const line = { stroke: bound ? theme.xen : theme['line-strong'],
    'stroke-dasharray': bound ? undefined : '3 3', 'stroke-width': bound ? 1.75 : 1 };
  return titled([front, back].flatMap((port) => (port === null ? [] : [portText(port)])).join('; '),
    changed ? hot({ x: x - 4, y: y + 1, width: width + 8, height: ROW - 2 }, theme) : '',
    write(x, base, purpose, { ...TYPE.small, fill: changed ? ink : theme['ink-2'], width: 130 }),
    front === null ? write(x + 190, base, w.ports.none, { ...TYPE.code, fill: ink, width: 20, anchor: 'end' })
      : end(front, x + 140, base, ink, theme),
    path(`M${x + 232} ${base - 4}H${middle - half}M${middle + half} ${base - 4}H${x + width - 104}`, line),
    write(middle, base, state,
      { ...TYPE.small, fill: changed ? ink : theme['ink-2'], anchor: 'middle', width: 60 }),
    back === null
      ? write(x + width, base, fill(w.ports.for, { dom: peer }),
        { ...TYPE.small, fill: changed ? ink : theme['ink-2'], anchor: 'end', width: 90 })
      : end(back, x + width - 92, base, ink, theme));
}

/** A port of one domain: number, pending, masked. */
function end(port: PortView, x: number, base: number, ink: string, theme: Theme): string {
  return write(x, base, port.dom === 0 ? w.short.dom0 : w.short.domU, { ...TYPE.small, fill: ink, width: 36 })
    + write(x + 62, base, String(port.port), { ...TYPE.code, fill: ink, anchor: 'end', width: 26 })
    + lamp(x + 72, base - 4, port.pending, theme.xen, theme['line-strong'])
    + squareLamp(x + 84, base - 4, port.masked, theme['ink-2'], theme['line-strong']);
}

function portText({ dom, port, state, pending, masked }: PortView): string {
  return fill(w.ports.how, { dom, port, state, lamps: portSentence({ pending, masked }) });
}
