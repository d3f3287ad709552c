/** Both directories of the device: keys with their values, who wrote each last, and who watches. */
import { pictureWords as t } from '../../content/picture.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { usualPerms } from '../../store/stage/lists.ts';
import { keySentence } from '../../store/stage/words.ts';
import type { StageView, XsKeyView } from '../../store/view.ts';
import type { Drawn } from '../frame.ts';
import { eye, hot, TYPE, writerMark } from '../parts.ts';
import { titled, write } from '../svg.ts';
import type { Strip } from '../svg.ts';
import { widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import { HEAD, PAD } from './domain.ts';

const LINE = 15;
/** Keys of a directory that are listed; the others are counted. */
const KEYS = 14;
const BETWEEN = 14;
/** What the frontend's directory, which has the longer names, gets of the room. */
const SHARE = 0.54;

/** Keys that differ in a number at the end are one line from so many on, where not all have room. */
const FOLDED = 4;

/** A line of a directory: a key, or several that are numbered on. */
type Item = { kind: 'key'; key: XsKeyView } | { kind: 'fold'; keys: readonly XsKeyView[] };

function firstOf(item: Item): XsKeyView {
  return item.kind === 'key' ? item.key : item.keys[0]!;
}

/** A key's name without the number at its end, and that number; null where it has none. */
function numbered({ name }: XsKeyView): { stem: string; number: number } | null {
  const found = /^(.*\D)(\d+)$/.exec(name);
  return found === null ? null : { stem: found[1]!, number: Number(found[2]) };
}

/** The keys with those that are numbered on as one: what the step changed apart from what it did not. */
function folded(keys: readonly XsKeyView[]): Item[] {
  const runs: XsKeyView[][] = [];
  for (const key of keys) {
    const run = runs.at(-1);
    const [last, own] = [run === undefined ? null : numbered(run.at(-1)!), numbered(key)];
    const follows = own !== null && last?.stem === own.stem && last.number + 1 === own.number;
    if (follows && key.hot === run!.at(-1)!.hot) run!.push(key);
    else runs.push([key]);
  }
  return runs.flatMap((run): Item[] =>
    (run.length < FOLDED ? run.map((key) => ({ kind: 'key', key })) : [{ kind: 'fold', keys: run }]));
}

/** What goes before other keys where not all are listed: the states, what the step changed, what the rings are found by. */
const RANKS = [/^state$/, /ring-ref|ring-page-order/, /event-channel|multi-queue/] as const;

function rank({ name, hot: changed }: XsKeyView): number {
  const found = RANKS.findIndex((pattern) => pattern.test(name));
  if (found === 0) return 0;
  return changed ? 1 : found < 0 ? RANKS.length + 1 : found + 1;
}

/** The lines that are shown, with the state first and the others in the order of their making. */
function listed(keys: readonly XsKeyView[]): readonly Item[] {
  const items: Item[] = keys.length > KEYS ? folded(keys) : keys.map((key) => ({ kind: 'key', key }));
  const order = new Map(items.map((item, place) => [item, place]));
  const rankOf = (item: Item): number => rank(firstOf(item));
  const place = (item: Item): number => (rankOf(item) === 0 ? -1 : order.get(item)!);
  const most = items.length > KEYS ? KEYS - 1 : KEYS;
  const first = [...items].sort((a, b) => rankOf(a) - rankOf(b) || order.get(a)! - order.get(b)!).slice(0,
    most);
  return first.sort((a, b) => place(a) - place(b));
}

function countOf(item: Item): number {
  return item.kind === 'key' ? 1 : item.keys.length;
}

/** The zone's content; `width` is the zone's. */
export function xenstore(view: StageView, x: number, y: number, width: number, theme: Theme): Drawn {
  const { frontend, backend } = view.xenstore;
  const room = width - 2 * PAD - BETWEEN;
  const column = room * SHARE;
  const top = y + HEAD;
  const front = directory('device/vif/0', frontend, view.frontend.track.gone,
    { x: x + PAD, y: top, width: column }, theme);
  const back = directory('backend/vif/5/0', backend, view.backend.track.gone,
    { x: x + PAD + column + BETWEEN, y: top, width: room - column }, theme);
  const bottom = Math.max(front.bottom, back.bottom);
  return { svg: front.svg + back.svg + key(x + PAD, bottom + 12, theme), bottom: bottom + 26 };
}

function directory(
  title: string, keys: readonly XsKeyView[], gone: boolean, { x, y, width }: Strip, theme: Theme,
): Drawn {
  const usual = usualPerms(keys);
  const perms = widthOf(usual, TYPE.code);
  const head = write(x, y + 11, title, { ...TYPE.code, fill: theme.ink, width: width - perms - 8 })
    + write(x + width, y + 11, usual, { ...TYPE.code, fill: theme['ink-2'], anchor: 'end', width: perms });
  if (keys.length === 0) {
    const none = gone ? w.empty.keysBefore : w.empty.keysNever;
    return { svg: head + write(x, y + 30, none, { ...TYPE.small, fill: theme['ink-2'], width }),
      bottom: y + 36 };
  }
  const shown = listed(keys);
  const rows = shown.map((item, line) => row(item, usual, { x, y: y + 14 + line * LINE, width }, theme));
  const left = keys.length - shown.reduce((sum, item) => sum + countOf(item), 0);
  let bottom = y + 14 + shown.length * LINE;
  if (left > 0) {
    rows.push(write(x + 12, bottom + 12, fill(t.more, { count: left }),
      { ...TYPE.small, fill: theme['ink-2'], width: width - 12 }));
    bottom += LINE;
  }
  return { svg: head + rows.join(''), bottom: bottom + 4 };
}

function row(item: Item, usual: string, { x, y, width }: Strip, theme: Theme): string {
  const key = firstOf(item);
  const base = y + 12;
  const ink = key.hot ? theme['hot-ink'] : theme.ink;
  const right = x + width - 14;
  const value = valueOf(item);
  const own = key.perms.join(',');
  const name = own === usual ? nameOf(item) : `${nameOf(item)} ${own}`;
  const room = right - x - 12;
  // A value gets what its name leaves, and at least half of the line where the name is long.
  const nameRoom = Math.min(widthOf(name, TYPE.code),
    Math.max(room / 2, room - widthOf(value, TYPE.code) - 10));
  return titled(item.kind === 'key' ? keySentence(key) : `${name} = ${value}`,
    key.hot ? hot({ x: x - 4, y, width: width + 8, height: LINE }, theme) : '',
    writerMark(x + 4, base - 4, key.writer, theme),
    write(x + 12, base, name, { ...TYPE.code, fill: ink, width: nameRoom }),
    write(right, base, value, {
      ...TYPE.code, fill: key.hot ? ink : key.value === '' ? theme['ink-3']
        : theme['ink-2'], anchor: 'end', width: room - nameRoom - 10,
    }),
    key.watchers.length > 0 ? eye(x + width - 5, base - 4, theme.xenstored) : '');
}

function nameOf(item: Item): string {
  if (item.kind === 'key') return item.key.name;
  const [first, last] = [item.keys[0]!, item.keys.at(-1)!];
  return fill(t.range, { from: first.name, to: numbered(last)!.number });
}

function valueOf(item: Item): string {
  if (item.kind === 'key') return item.key.value === '' ? w.keys.empty : item.key.value;
  return fill(t.range, { from: item.keys[0]!.value, to: item.keys.at(-1)!.value });
}

const WRITERS = ['domU', 'dom0', 'toolstack', 'script'] as const;

/** What the marks beside the keys mean. */
function key(x: number, base: number, theme: Theme): string {
  const style = { ...TYPE.small, fill: theme['ink-2'] };
  let at = x + widthOf(w.keys.legend, TYPE.small) + 10;
  const parts = [write(x, base, w.keys.legend, { ...style, width: 120 })];
  for (const party of WRITERS) {
    const width = widthOf(w.short[party], TYPE.small);
    parts.push(writerMark(at + 4, base - 4, party, theme),
      write(at + 12, base, w.short[party], { ...style, width }));
    at += width + 26;
  }
  parts.push(eye(at + 12, base - 4, theme.xenstored),
    write(at + 22, base, w.keys.watched, { ...style, width: 80 }));
  return parts.join('');
}
