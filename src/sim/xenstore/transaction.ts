import { mixA, mixB } from '../../base/hash.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { slot, type Slot } from '../machine/slot.ts';
import { Hashed, hashValue, lanes, type Value } from '../machine/value.ts';
import { nodeSlot, writerSlot, type View } from './tree.ts';
import type { Connection, XsError, XsNode } from './types.ts';
import { connectionsSlot, fireWatches } from './watch.ts';

/**
 * Which watches a commit fires for a node: none, those on exactly its path, or those on an ancestor as well.
 */
export type Fire = 'none' | 'exact' | 'below';

/**
 * One node that a transaction has accessed. Immutable, hashed when made, so that long transactions stay
 * cheap.
 */
export class Access extends Hashed {
  readonly a: number;
  readonly b: number;

  constructor(
    readonly path: string,
    /** The private copy; null while absent. */
    readonly node: XsNode | null,
    /** The permissions it had at first access; null if it was absent then. */
    readonly before: readonly string[] | null,
    readonly changed: boolean,
    readonly fire: Fire,
  ) {
    super();
    hashValue([path, node, before, changed, fire]);
    this.a = mixA(lanes.a, 1);
    this.b = mixB(lanes.b, 1);
  }
}

/**
 * An open transaction. It is no snapshot: a node is copied at first access, and others show outside changes.
 * The daemon compares generation numbers at the commit; `conflict` is the same test made early: it is set as
 * soon as anybody outside changes, makes or removes an accessed node. (Numbers that only grow would keep
 * equal states apart.)
 */
export interface Transaction {
  /** Lowest number free on its connection. (Real ids count up per connection, and so would never merge.) */
  readonly id: number;
  readonly conflict: boolean;
  /** A write in it went over a quota: it can only end with ENOMEM. */
  readonly failed: boolean;
  /** In order of first access. */
  readonly accessed: readonly Access[];
  readonly [key: string]: Value;
}

const txSlots = new Map<string, Slot<readonly Transaction[]>>();

/** The open transactions of a connection, oldest first; undefined when there are none. */
export function txSlot(conn: string): Slot<readonly Transaction[]> {
  let found = txSlots.get(conn);
  if (!found) txSlots.set(conn, (found = slot(`xs:tx:${conn}`)));
  return found;
}

/** Marks the transactions that a change of `path` outside them makes fail. */
function touch(c: Context, path: string): void {
  for (const conn of c.get(connectionsSlot) ?? []) {
    const open = c.get(txSlot(conn.id));
    if (!open?.some((tx) => hit(tx, path))) continue;
    c.set(txSlot(conn.id), open.map((tx) => (hit(tx, path) ? { ...tx, conflict: true } : tx)));
  }
}

function hit(tx: Transaction, path: string): boolean {
  return !tx.conflict && tx.accessed.some((access) => access.path === path);
}

/** The store itself, as a request outside any transaction (or a commit) changes it. */
export class StoreView implements View {
  constructor(
    private readonly c: Context,
    private readonly conn: Connection,
  ) {}

  get domid(): number {
    return this.conn.domid;
  }

  read(path: string): XsNode | undefined {
    return this.c.get(nodeSlot(path));
  }

  write(path: string, node: XsNode): void {
    const old = this.c.get(nodeSlot(path));
    const same = old && old.value === node.value && old.perms === node.perms;
    const listOnly = same && old.children !== node.children;
    if (!listOnly) this.c.set(writerSlot(path), this.conn.id);
    this.c.set(nodeSlot(path), node);
    touch(this.c, path);
  }

  remove(path: string): void {
    this.c.set(writerSlot(path), undefined);
    this.c.set(nodeSlot(path), undefined);
    touch(this.c, path);
  }

  /** Nobody can look before the node itself is gone. */
  shrink(): void {}

  fire(path: string, exact: boolean, node: XsNode, before?: readonly string[]): void {
    fireWatches(this.c, { path, exact, node, before });
  }

  fail(): void {}
}

/** What a request inside a transaction sees and changes; nothing is kept until {@link save}. */
export class TransactionView implements View {
  private accessed: Access[] | undefined;
  private failed: boolean;

  constructor(
    private readonly c: Context,
    private readonly conn: Connection,
    private readonly tx: Transaction,
  ) {
    this.failed = tx.failed;
  }

  get domid(): number {
    return this.conn.domid;
  }

  read(path: string): XsNode | undefined {
    const known = this.list.find((access) => access.path === path);
    if (known) return known.node ?? undefined;
    const node = this.c.get(nodeSlot(path));
    this.draft().push(new Access(path, node ?? null, node?.perms ?? null, false, 'none'));
    return node;
  }

  write(path: string, node: XsNode): void {
    this.change(path, (was) => new Access(path, node, was.before, true, was.fire));
  }

  remove(path: string): void {
    this.change(path, (was) => new Access(path, null, was.before, true, was.fire));
  }

  shrink(path: string, node: XsNode): void {
    this.write(path, node);
  }

  fire(path: string, exact: boolean): void {
    this.change(path, (was) => {
      const fire = exact && was.fire !== 'below' ? 'exact' : 'below';
      return new Access(path, was.node, was.before, was.changed, fire);
    });
  }

  fail(): void {
    this.failed = true;
  }

  /** Keeps what the request did to the transaction. */
  save(): void {
    if (!this.accessed && this.failed === this.tx.failed) return;
    const now = { ...this.tx, failed: this.failed, accessed: this.list };
    const open = this.c.get(txSlot(this.conn.id))!;
    this.c.set(txSlot(this.conn.id), open.map((tx) => (tx === this.tx ? now : tx)));
  }

  private get list(): readonly Access[] {
    return this.accessed ?? this.tx.accessed;
  }

  private draft(): Access[] {
    this.accessed ??= [...this.tx.accessed];
    return this.accessed;
  }

  private change(path: string, next: (was: Access) => Access): void {
    const accessed = this.draft();
    const at = accessed.findIndex((access) => access.path === path);
    invariant(at >= 0, `the transaction changes ${path} without having read it`);
    accessed[at] = next(accessed[at]!);
  }
}

/** Opens a transaction. @returns its id */
export function openTransaction(c: Context, conn: Connection): number {
  const open = c.get(txSlot(conn.id)) ?? [];
  let id = 1;
  while (open.some((tx) => tx.id === id)) id++;
  c.set(txSlot(conn.id), [...open, { id, conflict: false, failed: false, accessed: [] }]);
  return id;
}

/** The transaction called `id`, if it is open on that connection. */
export function findTransaction(c: Context, conn: Connection, id: number): Transaction | undefined {
  return c.get(txSlot(conn.id))?.find((tx) => tx.id === id);
}

/** Takes the transaction off its connection, whatever comes of it. */
export function closeTransaction(c: Context, conn: Connection, tx: Transaction): void {
  const rest = c.get(txSlot(conn.id))!.filter((other) => other !== tx);
  c.set(txSlot(conn.id), rest.length > 0 ? rest : undefined);
}

/**
 * Applies a transaction that has just been closed: each changed node in order of first access, its watches at
 * once (so that a node made later is not there yet when the right to read a parent is looked up).
 * @returns ENOMEM or EAGAIN, and then nothing is applied
 */
export function commit(c: Context, conn: Connection, tx: Transaction): XsError | undefined {
  if (tx.failed) return 'ENOMEM';
  if (tx.conflict) return 'EAGAIN';
  const view = new StoreView(c, conn);
  for (const { path, node, before, changed, fire } of tx.accessed) {
    if (!changed) continue;
    if (node) view.write(path, node);
    else if (before) view.remove(path);
    if (fire === 'none') continue;
    fireWatches(c, { path, exact: fire === 'exact', node: node ?? undefined, before: before ?? undefined });
  }
  return undefined;
}
