/** What stands below the pages of a side: indexes, network device, threads, the last messages of its kernel. */
import { pictureWords as t } from '../../content/picture.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { framesOf } from '../../geometry/stage-frames.ts';
import { INDEXES, indexValue } from '../../store/stage/ring-slots.ts';
import type { Index } from '../../store/stage/ring-slots.ts';
import type { NetdevView, RingView, SideView, ThreadView } from '../../store/view.ts';
import type { Drawn } from '../frame.ts';
import { hot, lamp, TYPE } from '../parts.ts';
import { element, path, rect, write } from '../svg.ts';
import type { Strip } from '../svg.ts';
import { widthOf, wrapped } from '../text.ts';
import type { Theme } from '../theme.ts';

const LINE = 15;
/** Threads and messages that are listed; the others are counted. */
const THREADS = 9;
const MESSAGES = 4;

const SHOWN = {
  front: INDEXES.filter(({ owner }) => owner !== 'netback'),
  back: INDEXES.filter(({ owner }) => owner === 'netback'),
} as const;

/** The indexes that a side has, of its TX and its RX ring. */
export function indexes(
  side: 'front' | 'back', tx: RingView | null, rx: RingView | null, { x, y, width }: Strip, theme: Theme,
): Drawn {
  const right = x + width;
  const caption = side === 'front' ? w.indexes.header : w.indexes.own;
  const head = { ...TYPE.small, fill: theme['ink-2'] };
  const lines = [
    write(x, y + 12, caption, { ...head, width: width - 130 }),
    write(right - 64, y + 12, 'TX', { ...head, anchor: 'end', width: 30 }),
    write(right, y + 12, 'RX', { ...head, anchor: 'end', width: 30 }),
  ];
  for (const [line, index] of SHOWN[side].entries()) {
    const base = y + 12 + (line + 1) * LINE;
    const name = widthOf(index.name, TYPE.code);
    lines.push(write(x, base, index.name, { ...TYPE.code, fill: theme.ink, width: name }));
    const whose = index.owner === 'shared' ? w.indexes.shared : w.indexes.private;
    lines.push(write(x + name + 6, base, whose, { ...TYPE.small, fill: theme['ink-3'], width: 60 }));
    lines.push(value(tx, index, right - 64, base, theme), value(rx, index, right, base, theme));
  }
  return { svg: lines.join(''), bottom: y + 12 + SHOWN[side].length * LINE + 6 };
}

function value(ring: RingView | null, index: Index, right: number, base: number, theme: Theme): string {
  const number = ring === null ? null : indexValue(ring, index);
  const changed = ring?.changed?.includes(index.name) ?? false;
  const text = number === null ? w.indexes.none : String(number);
  const width = widthOf(text, TYPE.code);
  return (changed ? hot({ x: right - width - 3, y: base - 11, width: width + 6, height: 14 }, theme) : '')
    + write(right, base, text,
      { ...TYPE.code, fill: changed ? theme['hot-ink'] : theme.ink, anchor: 'end', width: 62 });
}

const FRAMES_HEIGHT = 30;

/** The mapped pages as one range of addresses, and their machine frames in the machine's memory. */
export function frames(rings: readonly RingView[], { x, y, width }: Strip, theme: Theme): Drawn {
  const pages = framesOf(rings);
  if (pages.length === 0) return { svg: '', bottom: y };
  const top = y + 18;
  const at = (part: number): number => x + part * width / 100;
  const drawn = pages.map((page) => {
    const stroke = page.hot ? theme['hot-edge'] : theme.xen;
    const fill = page.hot ? theme.hot : theme['xen-soft'];
    return rect({ x: at(page.from), y: top, width: at(page.to) - at(page.from), height: 7 }, { fill, stroke })
      + path(`M${at((page.from + page.to) / 2)} ${top + 7}v2L${at(page.at)} ${top + FRAMES_HEIGHT - 8}v7`,
        { stroke });
  });
  return {
    svg: write(x, y + 12, w.frames.title, { ...TYPE.small, fill: theme['ink-2'], width })
      + path(`M${x} ${top + 3.5}h${width}M${x} ${top + FRAMES_HEIGHT - 4}h${width}`,
        { stroke: theme.line, 'stroke-width': 4 })
      + element('g', {}, ...drawn),
    bottom: top + FRAMES_HEIGHT + 6,
  };
}

const FLAGS = ['registered', 'carrier', 'up'] as const;

function netdev(view: NetdevView | null, own: string, { x, y, width }: Strip, theme: Theme): Drawn {
  const base = y + 13;
  const bottom = y + LINE + 5;
  const back = view?.hot === true ? hot({ x: x - 4, y, width: width + 8, height: 18 }, theme) : '';
  const ink = view?.hot === true ? theme['hot-ink'] : theme.ink;
  if (view === null || view.gone) {
    const text = view === null ? w.netdev.none : fill(w.netdev.gone, { name: view.name });
    return { svg: back + write(x, base, text,
      { ...TYPE.small, fill: view?.hot === true ? ink : theme['ink-2'], width }), bottom };
  }
  let at = x + widthOf(view.name, TYPE.code) + 12;
  const parts = [back, write(x, base, view.name, { ...TYPE.code, fill: ink, width: 80 })];
  for (const flag of FLAGS) {
    const text = view[flag] ? w.netdev[flag] : `${w.netdev.not}${w.netdev[flag]}`;
    const room = widthOf(text, TYPE.small);
    parts.push(lamp(at + 4, base - 4, view[flag], own, theme['line-strong']));
    parts.push(write(at + 12, base, text,
      { ...TYPE.small, fill: view[flag] ? ink : theme['ink-2'], width: room }));
    at += room + 24;
  }
  return { svg: parts.join(''), bottom };
}

/** Those that run or wait to, before those that sleep, in their order; as many as are listed. */
function listed(threads: readonly ThreadView[]): readonly ThreadView[] {
  const running = threads.findIndex((thread) => thread.running);
  if (running < THREADS) return threads.slice(0, THREADS);
  return [...threads.slice(0, THREADS - 1), threads[running]!];
}

function threads(all: readonly ThreadView[], { x, y, width }: Strip, theme: Theme): Drawn {
  if (all.length === 0) return { svg: '', bottom: y };
  const shown = listed(all);
  const lines = [write(x, y + 13, w.threads.title, { ...TYPE.small, fill: theme['ink-2'], width })];
  for (const [line, { name, doing, running }] of shown.entries()) {
    const base = y + 13 + (line + 1) * LINE;
    const ink = running ? theme['hot-ink'] : theme.ink;
    if (running) lines.push(hot({ x: x - 4, y: base - 11, width: width + 8, height: LINE }, theme));
    lines.push(write(x, base, name, { ...TYPE.code, fill: ink, width: 130 }));
    lines.push(write(x + width, base, doing, {
      ...TYPE.code, fill: running ? ink : theme['ink-2'], anchor: 'end',
      width: width - Math.min(130, widthOf(name, TYPE.code)) - 10,
    }));
  }
  let bottom = y + 13 + shown.length * LINE;
  if (all.length > shown.length) {
    bottom += LINE;
    lines.push(write(x, bottom, fill(t.more, { count: all.length - shown.length }),
      { ...TYPE.small, fill: theme['ink-2'], width }));
  }
  return { svg: lines.join(''), bottom: bottom + 8 };
}

/** A text in several lines. */
function paragraph(text: string, most: number, { x, y, width }: Strip, fillOf: string): Drawn {
  const lines = wrapped(text, width, TYPE.code, most);
  return {
    svg: lines.map((line, at) => write(x, y + (at + 1) * LINE - 3, line,
      { ...TYPE.code, fill: fillOf, width })).join(''),
    bottom: y + lines.length * LINE,
  };
}

function messages(log: readonly string[], { x, y, width }: Strip, theme: Theme): Drawn {
  const last = log.slice(-MESSAGES);
  if (last.length === 0) return { svg: '', bottom: y };
  const parts = [write(x, y + 13, w.threads.log, { ...TYPE.small, fill: theme['ink-2'], width })];
  let bottom = y + 16;
  for (const line of last) {
    const said = paragraph(line, 2, { x, y: bottom, width }, theme.ink);
    parts.push(said.svg);
    bottom = said.bottom;
  }
  return { svg: parts.join(''), bottom: bottom + 6 };
}

/** The device, the threads and the log of one side, and what its error node says. */
export function below(view: SideView, own: string, column: Strip, theme: Theme): Drawn {
  const device = netdev(view.netdev, own, column, theme);
  const doing = threads(view.threads, { ...column, y: device.bottom }, theme);
  const said = messages(view.log, { ...column, y: doing.bottom }, theme);
  if (view.error === null) return { svg: device.svg + doing.svg + said.svg, bottom: said.bottom };
  const error = paragraph(fill(t.error, { text: view.error }), 3, { ...column, y: said.bottom }, theme.bad);
  return { svg: device.svg + doing.svg + said.svg + error.svg, bottom: error.bottom + 6 };
}
