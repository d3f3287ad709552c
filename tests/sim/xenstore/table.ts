import { expect } from 'vitest';
import {
  connect,
  nodeSlot,
  plant,
  takeEvents,
  xenstored,
  type Connection,
  type Result,
} from '../../../src/sim/xenstore/server.ts';
import { Listener } from './listener.ts';

/** Two privileged connections and two guests, in this order. */
export const clients = {
  libxl: { id: 'libxl', domid: 0 },
  dom0: { id: 'dom0', domid: 0 },
  domU: { id: 'domU', domid: 5 },
  other: { id: 'other', domid: 7 },
} satisfies Record<string, Connection>;

export type Client = keyof typeof clients;
type Op = keyof typeof xenstored;

/** Events as `path token`, by connection, in order there. */
export type Events = { [client in Client]?: string[] };

/**
 * A request with what must come of it: the reply's value (null for a plain OK) or the error's name. Where
 * `events` is left out there must be none.
 */
export type Row = readonly [
  client: Client,
  op: Op,
  args: readonly unknown[],
  reply: unknown,
  events?: Events,
];

/** A store with both guests' home directories, owned by them, and everybody connected. */
export function freshStore(): Listener {
  const c = new Listener();
  for (const conn of Object.values(clients)) connect(c, conn);
  for (const domid of [5, 7]) plant(c, `/local/domain/${domid}`, '', [`n${domid}`]);
  return c;
}

/** Runs one request. */
export function ask(c: Listener, client: Client, op: Op, args: readonly unknown[]): Result<unknown> {
  const request = xenstored[op] as (...args: unknown[]) => Result<unknown>;
  return request(c, clients[client], ...args);
}

/** Runs the requests, and checks each reply and every event that it causes on any connection. */
export function expectReplies(c: Listener, rows: readonly Row[]): void {
  for (const [client, op, args, reply, events] of rows) {
    const result = ask(c, client, op, args);
    const seen: Events = {};
    for (const [name, conn] of Object.entries(clients)) {
      const taken = takeEvents(c, conn).map(({ path, token }) => `${path} ${token}`);
      if (taken.length > 0) seen[name as Client] = taken;
    }
    const request = [client, op, ...args].join(' ');
    const got = result.ok ? result.value : result.error;
    expect({ request, reply: got, events: seen }).toEqual({ request, reply, events: events ?? {} });
  }
}

/** Value and permissions of a node, or null. */
export function nodeAt(c: Listener, path: string): { value: string; perms: readonly string[] } | null {
  const node = c.get(nodeSlot(path));
  return node ? { value: node.value, perms: node.perms } : null;
}
