import { privileged } from './quota.ts';

/** Rights, as bits. */
export const READ = 1;
export const WRITE = 2;
export const OWNER = 4;

/** In a permission list: every domain (Xen 4.23). */
export const DOMID_ANY = 32757;

interface Entry {
  readonly rights: number;
  readonly domid: number;
}

const LETTERS: { readonly [letter: string]: number } = { n: 0, r: READ, w: WRITE, b: READ | WRITE };
const NUMBER = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

/** Interned: a handful of entries occur over and over. */
const entries = new Map<string, Entry | undefined>();

/**
 * What one entry such as `r5` says. Ids are read as C's strtoul does it with base 0; undefined if malformed
 * (EINVAL).
 */
function parse(entry: string): Entry | undefined {
  if (entries.has(entry)) return entries.get(entry);
  const rights = LETTERS[entry[0] ?? ''];
  const digits = NUMBER.exec(entry.slice(1));
  let parsed: Entry | undefined;
  if (rights !== undefined && digits) {
    const text = digits[2]!;
    const octal = text.length > 1 && text[0] === '0' && /^[0-7]+$/.test(text);
    const size = octal ? parseInt(text, 8) : Number(text);
    parsed = { rights, domid: (digits[1] === '-' ? -size : size) >>> 0 };
  }
  entries.set(entry, parsed);
  return parsed;
}

/** The entry as the daemon writes it back (`r 0x5` becomes `r5`); undefined if malformed. */
export function normalised(entry: string): string | undefined {
  const parsed = parse(entry);
  return parsed && `${entry[0]}${parsed.domid}`;
}

/** The owner's domain id: the first entry's. */
export function ownerOf(perms: readonly string[]): number {
  return parse(perms[0]!)!.domid;
}

/**
 * The rights of domain `domid`: all for domain 0 and the owner; else its own entry; else the first entry's
 * letter.
 */
export function rightsOf(domid: number, perms: readonly string[]): number {
  if (privileged(domid)) return READ | WRITE | OWNER;
  const first = parse(perms[0]!)!;
  if (first.domid === domid) return READ | WRITE | OWNER;
  for (let i = 1; i < perms.length; i++) {
    const entry = parse(perms[i]!)!;
    if (entry.domid === domid || entry.domid === DOMID_ANY) return entry.rights;
  }
  return first.rights;
}

/**
 * A new node's list: its parent's, in which an unprivileged creator takes the owner's place (the letter
 * stays).
 */
export function inherited(domid: number, parent: readonly string[]): readonly string[] {
  if (privileged(domid) || ownerOf(parent) === domid) return parent;
  return [`${parent[0]![0]}${domid}`, ...parent.slice(1)];
}
