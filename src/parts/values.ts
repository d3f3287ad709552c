/** Values of the simulation in words. Pure. */
import { valueWords as t } from '../content/values.ts';
import { fill } from '../content/words.ts';
import type { Value } from '../store/store.ts';

export type Fields = Readonly<Record<string, Value>>;

/** Fields that people read in hexadecimal. */
const HEX = /^(frame|gfn|mfn|gmfn|addr|host_addr|vaddr|next_gfn|flags|pin|dev_bus_addr)$/;
/** Addresses beyond what a number holds exactly: text of hexadecimal digits. */
const ADDRESS = /^(next_)?vaddr$/;
const LONGEST = 72;

/** A value in words. `field` is its name, where that decides how it is read. */
export function formatValue(value: Value, field?: string): string {
  if (value === undefined) return t.absent;
  if (value === null) return t.none;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return field !== undefined && HEX.test(field) ? hex(value) : String(value);
  if (typeof value === 'string') return field !== undefined && ADDRESS.test(field) ? `0x${value}` : quoted(value);
  if (isList(value)) return listOf(value, field);
  if (isFields(value)) {
    // A node of xenstore is above all its value, a watch event its path.
    if (typeof value['value'] === 'string' && isList(value['perms'])) return quoted(value['value']);
    if (typeof value['path'] === 'string' && typeof value['token'] === 'string') return value['path'];
  }
  return Object.entries(value as Fields)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${key} ${formatValue(item, key)}`)
    .join(', ');
}

/** A value as a word of a sentence: text without quotes, nothing for what is absent. */
export function plain(value: Value): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : formatValue(value);
}

function quoted(text: string): string {
  return fill(t.text, { text });
}

/** A list in words; a long one by its ends and its length. `field` as for its items. */
export function listOf(items: readonly Value[], field?: string): string {
  if (items.length === 0) return t.none;
  const words = (some: readonly Value[]): string[] => some.map((item) => formatValue(item, field));
  if (items.length <= 6) return words(items).join(', ');
  return fill(t.many, { list: words([items[0], items.at(-1)]).join(' … '), count: items.length });
}

/** A text cut to the length of a line. */
export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** A number as 0x…, with at least so many digits. */
export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
