import type { PartyId, WriterId, XenstoreView, XsKeyView } from '../view.ts';
import { keep } from './keep.ts';
import type { Now } from './now.ts';
import { BACK_DIR, FRONT_DIR } from './slots.ts';
import type { Watch } from './slots.ts';

/** Connections to xenstored, and whose they are. */
const CONNECTIONS: readonly (readonly [string, PartyId])[] = [
  ['domU', 'domU'],
  ['dom0', 'dom0'],
  ['libxl', 'toolstack'],
];

/** Both directories of the device. `before`: as in the view before. */
export function xenstoreView(now: Now, before: XenstoreView | undefined): XenstoreView {
  const watched = now.touches('xs:watches:');
  const list = (dir: string, old: readonly XsKeyView[] | undefined): readonly XsKeyView[] => {
    const stale = old === undefined || watched || old.some(({ hot }) => hot) ||
      now.touches(`xs:node:${dir}`) || now.touches(`xs:writer:${dir}`);
    return stale ? keysBelow(now, dir, dir, watchersOf(now), rewatchedIn(now)) : old;
  };
  return {
    frontend: list(FRONT_DIR, before?.frontend),
    backend: list(BACK_DIR, before?.backend),
    pending: keep(before?.pending, pendingIn(now)),
  };
}

/** The first open transaction that has written something. */
function pendingIn(now: Now): XenstoreView['pending'] {
  for (const [connection, who] of CONNECTIONS) {
    const open = now.get(`xs:tx:${connection}`) ?? [];
    const change = now.slotChange(`xs:tx:${connection}`);
    for (const [at, { accessed }] of open.entries()) {
      const count = written(accessed);
      if (count > 0) return { who, count, hot: change !== undefined && written(change.before?.[at]?.accessed) !== count };
    }
  }
  return null;
}

function written(accessed: readonly { readonly changed: boolean }[] = []): number {
  return accessed.filter(({ changed }) => changed).length;
}

/** The keys below a directory, in the order of their making; directories are only part of their names. */
function keysBelow(
  now: Now, top: string, dir: string, watchers: ReadonlyMap<string, readonly PartyId[]>, rewatched: ReadonlySet<string>,
): XsKeyView[] {
  const { children } = now.get(`xs:node:${dir}`) ?? { children: [] };
  return children.flatMap((name) => {
    const path = `${dir}/${name}`;
    const node = now.get(`xs:node:${path}`);
    if (node === undefined) return [];
    if (node.children.length > 0) return keysBelow(now, top, path, watchers, rewatched);
    return [{
      path,
      name: path.slice(top.length + 1),
      value: node.value,
      perms: node.perms,
      writer: writerOf(now.get(`xs:writer:${path}`)),
      watchers: watchers.get(path) ?? [],
      hot: rewatched.has(path) || isHot(now, path),
    }];
  });
}

/** Whose a connection to xenstored is; null for one of nobody here. */
export function partyOf(connection: string | undefined): PartyId | null {
  return CONNECTIONS.find(([name]) => name === connection)?.[1] ?? null;
}

/** Who writes over a connection to xenstored; null for one of nobody here. */
export function writerOf(connection: string | undefined): WriterId | null {
  return connection === 'vif-bridge' ? 'script' : partyOf(connection);
}

/** Whose colour a writer has; undefined where it is not known. */
export function writerParty(writer: WriterId | null): PartyId | undefined {
  return writer === 'script' ? 'toolstack' : writer ?? undefined;
}

/** Who watches a path itself. A watch on a whole bus sees everything below it, and would say nothing here. */
function watchersOf(now: Now): ReadonlyMap<string, readonly PartyId[]> {
  const watchers = new Map<string, PartyId[]>();
  for (const [connection, party] of CONNECTIONS) {
    for (const { path } of now.get(`xs:watches:${connection}`) ?? []) {
      const known = watchers.get(path) ?? [];
      if (!known.includes(party)) watchers.set(path, [...known, party]);
    }
  }
  return watchers;
}

function isAmong(watches: readonly Watch[], { path, token }: Watch): boolean {
  return watches.some((one) => one.path === path && one.token === token);
}

/** Paths on which the step set a watch, or took one away. */
function rewatchedIn(now: Now): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [connection] of CONNECTIONS) {
    const { before = [], after = [] } = now.slotChange(`xs:watches:${connection}`) ?? {};
    for (const watch of [...before, ...after]) if (!isAmong(before, watch) || !isAmong(after, watch)) paths.add(watch.path);
  }
  return paths;
}

/** Did the step make the key, change its value or permissions, or read it? */
function isHot(now: Now, path: string): boolean {
  const name = `xs:node:${path}` as const;
  const change = now.slotChange(name);
  if (change === undefined) return now.read.has(name);
  const { before, after } = change;
  return before?.value !== after?.value || before?.perms.join() !== after?.perms.join();
}
