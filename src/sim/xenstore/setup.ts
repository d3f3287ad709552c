import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { baseName, canonical, parentOf } from './paths.ts';
import { DOMID_ANY, normalised } from './permissions.ts';
import { nodeSlot } from './tree.ts';
import type { Connection } from './types.ts';
import { connectionsSlot } from './watch.ts';

/**
 * Set-up only: makes a connection known. The first one also makes the store, with what a new daemon puts
 * there.
 */
export function connect(c: Context, conn: Connection): void {
  const connections = c.get(connectionsSlot) ?? [];
  invariant(!connections.some(({ id }) => id === conn.id), `connection ${conn.id} exists already`);
  c.set(connectionsSlot, [...connections, { id: conn.id, domid: conn.domid }]);
  if (c.get(nodeSlot('/'))) return;
  plant(c, '/tool/xenstored', '', ['n0']);
  plant(c, '@introduceDomain', '', ['n0']);
  plant(c, '@releaseDomain', '', ['n0', `r${DOMID_ANY}`]);
}

/**
 * Set-up only: puts a node there with these permissions; missing ancestors take the nearest one's. No watch
 * fires.
 */
export function plant(c: Context, path: string, value: string, perms: readonly string[]): void {
  invariant(canonical(0, path) === path, `${path} is not an absolute xenstore path`);
  for (const entry of perms) invariant(normalised(entry) === entry, `${entry} is not a xenstore permission`);
  const old = c.get(nodeSlot(path));
  c.set(nodeSlot(path), { value, perms, children: old?.children ?? [] });
  if (old || path === '/' || path[0] === '@') return;
  const above = parentOf(path);
  if (!c.get(nodeSlot(above))) plant(c, above, '', nearest(c, above));
  const parent = c.get(nodeSlot(above))!;
  c.set(nodeSlot(above), { ...parent, children: [...parent.children, baseName(path)] });
}

function nearest(c: Context, path: string): readonly string[] {
  if (path === '/') return ['n0'];
  return c.get(nodeSlot(parentOf(path)))?.perms ?? nearest(c, parentOf(path));
}
