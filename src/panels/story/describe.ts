/** What a step changed and did, in words. Pure. */
import type { Change, Effect, Value } from '../../store/store.ts';

/** One change: what changed, from what, to what. */
export interface Described {
  what: string;
  before: string;
  after: string;
}

type Fields = Readonly<Record<string, Value>>;

/** Fields that people read in hexadecimal. */
const HEX = /^(frame|gfn|mfn|gmfn|addr|host_addr|vaddr|flags|pin|dev_bus_addr)$/;
const LONGEST = 72;

const ABSENT = 'absent';

/** Slot families by the first parts of their names; `$1`, `$2` are what follows. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^xs:node:(.+)$/, 'key $1'],
  [/^xs:watches:(.+)$/, 'watches that $1 has set in xenstored'],
  [/^xs:queue:(.+)$/, 'events waiting for $1'],
  [/^xs:tx:(.+)$/, 'open transactions of $1'],
  [/^xs:connections$/, 'connections to xenstored'],
  [/^log:(.+)$/, 'log of $1'],
  [/^netdev:(.+)$/, 'interface $1'],
  [/^kernel:(\w+):watches$/, 'watches that $1’s kernel knows'],
  [/^kernel:(\w+):xenwatch$/, 'events that $1’s xenwatch has yet to take'],
  [/^kernel:(\w+):(.+)$/, '$1’s kernel: $2'],
  [/^thread:(.+)$/, 'thread $1'],
  [/^xen:domain:(\d+)$/, 'domain $1'],
  [/^xen:gt:(\d+)$/, 'size of the grant table of domain $1'],
  [/^xen:active:(\d+):(\d+)$/, 'Xen’s own record of entry $2 of domain $1'],
  [/^xen:maptrack:(\d+)$/, 'free maptrack handles of domain $1'],
  [/^xen:handle:(\d+):(\d+)$/, 'maptrack handle $2 of domain $1'],
  [/^xen:pte:(\d+):(\w+)$/, 'page table entry at 0x$2 of domain $1'],
  [/^xen:p2m:(\d+):(\w+)$/, 'what lies behind gfn 0x$2 of domain $1'],
  [/^xen:ports:(\d+)$/, 'free ports of domain $1'],
  [/^xen:port:(\d+):(\d+)$/, 'port $2 of domain $1'],
];

/** Slots that hold frame numbers by themselves. */
const HEX_SLOT = /^xen:pte:/;

/** True for what is kept only so that the page can show it. */
export function isBookkeeping(change: Change): boolean {
  return change.cell === 'slot' && change.name.startsWith('xs:writer:');
}

/** A change in words. `nameOfFrame` names the page of a machine frame where it is known. */
export function describeChange(change: Change, nameOfFrame: (frame: number) => string | undefined): Described {
  if (change.cell === 'word') {
    const { frame, offset, before, after } = change;
    const where = nameOfFrame(frame) ?? `machine frame ${hex(frame)}`;
    return { what: `${where}, byte ${hex(offset, 3)}`, before: hex(before, 8), after: hex(after, 8) };
  }
  const { name, before, after } = change;
  return { what: slotName(name), ...difference(name, before, after) };
}

/** The name of a slot as people read it. */
export function slotName(name: string): string {
  for (const [pattern, words] of families) if (pattern.test(name)) return name.replace(pattern, words);
  return name.replaceAll(':', ' ').replaceAll('_', ' ');
}

function difference(name: string, before: Value, after: Value): Pick<Described, 'before' | 'after'> {
  if (isFields(before) && isFields(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => formatValue(before[key], key) !== formatValue(after[key], key));
    const pick = (fields: Fields) => shorten(keys.map((key) => `${key} ${formatValue(fields[key], key)}`).join(', '));
    if (keys.length === 1 && keys[0] === 'value') {
      return { before: formatValue(before['value'], 'value'), after: formatValue(after['value'], 'value') };
    }
    return { before: pick(before), after: pick(after) };
  }
  if (isList(after) && (before === undefined || isList(before))) {
    const old = before ?? [];
    const added = after.slice(old.length);
    const grew = added.length > 0 && old.every((item, i) => formatValue(item) === formatValue(after[i]));
    if (grew) return { before: count(old.length), after: shorten(`${count(after.length)}: ${added.map((item) => formatValue(item)).join(', ')}`) };
    return { before: shorten(listOf(old)), after: shorten(listOf(after)) };
  }
  const field = HEX_SLOT.test(name) ? 'mfn' : undefined;
  return { before: shorten(formatValue(before, field)), after: shorten(formatValue(after, field)) };
}

/** A value in words. `field` is its name, where that decides how it is read. */
export function formatValue(value: Value, field?: string): string {
  if (value === undefined) return ABSENT;
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return field !== undefined && HEX.test(field) ? hex(value) : String(value);
  if (typeof value === 'string') return `“${value}”`;
  if (isList(value)) return listOf(value);
  // A node of xenstore is above all its value.
  if (isFields(value) && typeof value['value'] === 'string' && isList(value['perms'])) return `“${value['value']}”`;
  return Object.entries(value as Fields)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${key} ${formatValue(item, key)}`)
    .join(', ');
}

/** What a step did, in words; undefined for what the page shows elsewhere. */
export function describeEffect(effect: Effect): string | undefined {
  const text = (field: string): string => plain(effect[field]);
  switch (effect.kind) {
    case 'xs': return describeRequest(effect);
    case 'xen': return describeHypercall(effect);
    case 'event': return `xenstored queues a watch event for ${text('conn')}: ${text('path')} (token ${text('token')})`;
    case 'watch-taken': return `${text('conn')} takes the watch event for ${text('path')}`;
    case 'spawn': return `thread ${text('thread')} begins`;
    case 'log': return `${text('kernel')} prints: ${text('line')}`;
    default: {
      const { kind, ...fields } = effect;
      const rest = formatValue(fields);
      return rest === '' ? kind : `${kind}: ${rest}`;
    }
  }
}

function describeRequest(effect: Effect): string {
  const { op, conn, node, path, value, tx, ok, error } = effect;
  const target = plain(node ?? path);
  const where = typeof tx === 'number' && tx !== 0 ? ' inside its transaction' : '';
  const what = [plain(conn), 'asks xenstored:', plain(op), target].filter((word) => word !== '').join(' ');
  const reply = ok === false
    ? ` → ${plain(error)}`
    : value === undefined || value === null ? '' : ` → ${formatValue(value)}`;
  return `${what}${where}${reply}`;
}

function describeHypercall(effect: Effect): string {
  const { op, caller, args, result, why } = effect;
  const given = isFields(args) ? formatValue(args) : '';
  const answer = isFields(result) || result !== undefined ? ` → ${formatValue(result)}` : '';
  const because = typeof why === 'string' ? ` (${why})` : '';
  return `Xen runs ${plain(op)} for domain ${plain(caller)}${given === '' ? '' : ` {${given}}`}${answer}${because}`;
}

function plain(value: Value): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : formatValue(value);
}

function listOf(items: readonly Value[]): string {
  if (items.length === 0) return 'none';
  return items.length > 6 ? count(items.length) : items.map((item) => formatValue(item)).join(', ');
}

function count(items: number): string {
  return items === 0 ? 'none' : items === 1 ? '1 item' : `${items} items`;
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
