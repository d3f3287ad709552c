import type { Context } from '../machine/context.ts';
import { childPath } from './paths.ts';
import { ownerOf } from './permissions.ts';
import { StoreView, txSlot } from './transaction.ts';
import { nodeSlot, removeTree } from './tree.ts';
import type { Connection } from './types.ts';
import { connectionsSlot, fireWatches, queueSlot, watchesSlot } from './watch.ts';

/** What a connection had and was still to get is dropped: its domain starts over, or is no more. */
export function resetConnection(c: Context, conn: Connection): void {
  c.enter();
  c.set(watchesSlot(conn.id), undefined);
  c.set(txSlot(conn.id), undefined);
  c.set(queueSlot(conn.id), undefined);
  c.leave();
}

/** The nodes that a domain owns, each without those below it: they go with it. */
function owned(c: Context, path: string, domid: number): string[] {
  const node = c.get(nodeSlot(path));
  if (!node) return [];
  if (ownerOf(node.perms) === domid) return [path];
  return node.children.flatMap((name) => owned(c, childPath(path, name), domid));
}

/** Takes a domain out of the permission lists of nodes that are not its own. */
function strip(c: Context, path: string, domid: number): void {
  const node = c.get(nodeSlot(path))!;
  const perms = node.perms.filter((entry, i) => i === 0 || Number(entry.slice(1)) !== domid);
  if (perms.length < node.perms.length) c.set(nodeSlot(path), { ...node, perms });
  for (const name of node.children) strip(c, childPath(path, name), domid);
}

/**
 * The daemon learns that a domain is dead: its connection ends with its watches, every node that it owns is deleted (which
 * fires watches as RM does), its id leaves the permissions of the others, the special ones included, and @releaseDomain
 * fires. One shared access. Follows tools/xenstored/domain.c: do_check_domain, destroy_domain, domain_tree_remove(_sub), and
 * core.c: destroy_conn, of a daemon that was not told to keep orphans.
 */
export function releaseDomain(c: Context, conn: Connection): readonly string[] {
  c.enter();
  resetConnection(c, conn);
  c.set(connectionsSlot, (c.get(connectionsSlot) ?? []).filter(({ id }) => id !== conn.id));
  const view = new StoreView(c, { id: 'xenstored', domid: 0 });
  const removed = owned(c, '/', conn.domid);
  for (const path of removed) removeTree(view, path);
  const special = '@releaseDomain';
  for (const top of ['/', special, '@introduceDomain']) strip(c, top, conn.domid);
  fireWatches(c, { path: special, exact: true, node: c.get(nodeSlot(special)), before: undefined });
  c.leave();
  c.note({ kind: 'xenstored-release', domid: conn.domid, count: removed.length });
  return removed;
}
