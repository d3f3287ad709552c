/** Every path in xenstore as a tree, with what is known of each. Pure. */
import { keep } from '../../../store/stage/keep.ts';
import type { Now } from '../../../store/stage/now.ts';
import type { Watch } from '../../../store/stage/slots.ts';
import { writerOf } from '../../../store/stage/xenstore.ts';
import type { PartyId, WriterId } from '../../../store/view.ts';

const NODE = 'xs:node:' as const;

/** Connections to xenstored, and whose they are. */
const CONNECTIONS: readonly (readonly [string, PartyId])[] = [['domU', 'domU'], ['dom0', 'dom0'], ['libxl', 'toolstack']];

/** A watch that somebody has set. */
export interface SetWatch {
  readonly who: PartyId;
  readonly path: string;
  readonly depth: number | undefined;
  /** Did the current step queue an event for it? */
  readonly fired: boolean;
}

export interface Node {
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  readonly value: string;
  readonly perms: readonly string[];
  /** Null for what was there before the run. */
  readonly writer: WriterId | null;
  /** Set on this very path. */
  readonly watches: readonly SetWatch[];
  readonly children: readonly string[];
  /** The step made it, changed its value or permissions, or read it. */
  readonly hot: boolean;
  /** Names of children that the step removed. */
  readonly removed: readonly string[];
}

/** Every watch, in the order in which connections and then watches were made. */
export function watchesOf(now: Now): readonly SetWatch[] {
  const events = (now.step?.effects ?? []).filter(({ kind }) => kind === 'event');
  const fired = (connection: string, { token }: Watch): boolean =>
    events.some((event) => event['conn'] === connection && event['token'] === token);
  return CONNECTIONS.flatMap(([connection, who]) => (now.get(`xs:watches:${connection}`) ?? []).map((watch) =>
    ({ who, path: watch.path, depth: watch.depth, fired: fired(connection, watch) })));
}

/** The path one level up; null for the root and for what lies beside it. */
export function parentOf(path: string): string | null {
  if (path === '/' || !path.startsWith('/')) return null;
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function childPath(path: string, name: string): string {
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** All that is known of the node at a path; null if there is none. */
export function nodeAt(now: Now, path: string, watches: readonly SetWatch[]): Node | null {
  const node = now.get(`${NODE}${path}`);
  if (node === undefined) return null;
  const change = now.slotChange(`${NODE}${path}`);
  const { value, perms, children } = node;
  const before = change?.before;
  return {
    path,
    name: path === '/' ? path : path.slice(path.lastIndexOf('/') + 1),
    value,
    perms,
    writer: writerOf(now.get(`xs:writer:${path}`)),
    watches: watches.filter((watch) => watch.path === path),
    children: children.map((name) => childPath(path, name)),
    hot: now.read.has(`${NODE}${path}`) || change !== undefined && (before?.value !== value || before.perms.join() !== perms.join()),
    removed: (before?.children ?? []).filter((name) => !children.includes(name)),
  };
}

/** What {@link nodeAt} made of which slots. Their names are kept: to put them together takes longer than all else here. */
interface Known {
  readonly name: `${typeof NODE}${string}`;
  readonly writerName: `xs:writer:${string}`;
  readonly slot: unknown;
  readonly writer: unknown;
  readonly node: Node;
}

/** Is a node as it was, and does the current step say nothing of it, nor did the one before? */
function isAsBefore(now: Now, { name, writerName, slot, writer, node }: Known): boolean {
  return now.get(name) === slot && now.get(writerName) === writer && !node.hot && node.removed.length === 0 &&
    !now.read.has(name) && now.slotChange(name) === undefined;
}

/**
 * Reads every path again and again, each before what is below it; the special names that lie beside the root come last.
 * Nodes that are as they were the last time are the same objects, and mostly not read again.
 */
export function nodesReader(): (now: Now, watches: readonly SetWatch[]) => readonly Node[] {
  let known: ReadonlyMap<string, Known> = new Map();
  let watched: readonly SetWatch[] = [];
  return (now, set) => {
    const before = known;
    const found = new Map<string, Known>();
    const watches = keep(watched, set);
    const isSame = watches === watched;
    const add = (path: string): void => {
      const last = before.get(path);
      if (isSame && last !== undefined && isAsBefore(now, last)) {
        found.set(path, last);
        return last.node.children.forEach(add);
      }
      const read = nodeAt(now, path, watches);
      if (read === null) return;
      const node = keep(last?.node, read);
      const name = `${NODE}${path}` as const;
      const writerName = `xs:writer:${path}` as const;
      found.set(path, { name, writerName, slot: now.get(name), writer: now.get(writerName), node });
      node.children.forEach(add);
    };
    add('/');
    for (const name of now.slotNames()) if (name.startsWith(`${NODE}@`)) add(name.slice(NODE.length));
    known = found;
    watched = watches;
    return [...found.values()].map(({ node }) => node);
  };
}

/** A line of the tree. */
export interface TreeRow {
  readonly node: Node;
  /** From 1 on. */
  readonly level: number;
  /** Its place among its siblings that are shown, from 1 on, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  /** Null where there is nothing below it. */
  readonly open: boolean | null;
  /** Only here because something below it was found. */
  readonly aside: boolean;
  /** The step changed it, or something in it that is not shown. */
  readonly hot: boolean;
}

/** Does the text occur in its path or value? Capitals make no difference. */
export function matches({ path, value }: Pick<Node, 'path' | 'value'>, text: string): boolean {
  return text === '' || path.toLowerCase().includes(text) || value.toLowerCase().includes(text);
}

/** The lines that are shown: what is not in a closed directory, or what a text finds with the directories above. */
export function treeRows(nodes: readonly Node[], closed: ReadonlySet<string>, text: string): readonly TreeRow[] {
  const words = text.trim().toLowerCase();
  const known = new Map(nodes.map((node) => [node.path, node]));
  const found = new Set<string>();
  for (const node of nodes) {
    if (!matches(node, words)) continue;
    for (let path: string | null = node.path; path !== null && !found.has(path); path = parentOf(path)) found.add(path);
  }
  const rows: TreeRow[] = [];
  const add = (paths: readonly string[], level: number): void => {
    const shown = paths.filter((path) => found.has(path));
    shown.forEach((path, i) => {
      const node = known.get(path)!;
      const within = node.children.filter((child) => found.has(child));
      const isOpen = words !== '' || !closed.has(path);
      const aside = !matches(node, words);
      const hot = node.hot || node.removed.length > 0 || (!isOpen && isHotBelow(node, known));
      rows.push({
        node, level, place: i + 1, siblings: shown.length, open: within.length === 0 ? null : isOpen, aside, hot,
      });
      if (isOpen) add(within, level + 1);
    });
  };
  add(nodes.filter(({ path }) => parentOf(path) === null).map(({ path }) => path), 1);
  return rows;
}

function isHotBelow({ children }: Node, known: ReadonlyMap<string, Node>): boolean {
  return children.some((path) => {
    const child = known.get(path);
    return child !== undefined && (child.hot || child.removed.length > 0 || isHotBelow(child, known));
  });
}

/** Watches that a change at the path concerns, whether they were set there or above it. */
export function watchesFor(path: string, watches: readonly SetWatch[]): readonly SetWatch[] {
  return watches.filter(({ path: at, depth }) => {
    if (at === path) return true;
    if (at !== '/' && !path.startsWith(`${at}/`)) return false;
    const levels = path.slice(at.length).split('/').length - 1;
    return depth === undefined || levels <= depth;
  });
}
