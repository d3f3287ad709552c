import { readFileSync } from 'node:fs';
import type { Effect } from '../../../src/sim/machine/context.ts';
import {
  connect,
  connectionsSlot,
  queueSlot,
  takeEvents,
  txSlot,
  watchesSlot,
  xenstored,
  type Connection,
  type Result,
} from '../../../src/sim/xenstore/server.ts';
import { Listener } from './listener.ts';

/** Type, request id, transaction id, payload. */
type Message = readonly [type: string, rid: number, tx: number, payload: string];
type Arrivals = Record<string, Message[]>;

interface Entry {
  i: number;
  act?: string;
  conn?: string;
  domid?: number;
  type: string | number;
  rid: number;
  tx: number;
  p: string;
  hdr_len?: number;
  out?: Arrivals;
}

export interface Replay {
  /** Requests whose replies and events, on all connections, were compared. */
  compared: number;
  /** Requests left out, by reason. */
  skipped: Record<string, number>;
  /** The comparisons that failed. */
  differences: { i: number; expected: Arrivals; got: Arrivals }[];
}

/** What a transcript's request asks of the daemon, or why it cannot be asked here. */
type Asked = { ask: () => Result<unknown>; payload: (value: never) => string } | { skip: string };

const strings = (list: readonly string[]): string => list.map((text) => `${text}\0`).join('');
const ok = (): string => 'OK\0';

/** Puts the requests of a recorded transcript to our daemon, and compares everything that arrives. */
export class Transcript {
  private readonly c = new Listener();
  private readonly connections = new Map<string, Connection>();
  /** Recorded transaction id to ours, by connection: ours are the lowest free ones. */
  private readonly ids = new Map<string, number>();
  private readonly result: Replay = { compared: 0, skipped: {}, differences: [] };

  static replay(file: URL): Replay {
    const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
    const transcript = new Transcript();
    for (const line of lines) transcript.take(JSON.parse(line) as Entry);
    return transcript.result;
  }

  private take(entry: Entry): void {
    if (entry.act === undefined) this.request(entry);
    else if (entry.act === 'connect') this.connect(entry.conn!, 0);
    else if (entry.act === 'domain_exists') this.connect(entry.conn ?? `D${entry.domid}`, entry.domid!);
    else if (entry.act === 'close') this.close(entry.conn!);
    else if (entry.act !== 'comment') throw new Error(`line ${entry.i}: unknown act ${entry.act}`);
  }

  private connect(id: string, domid: number): void {
    const conn = { id, domid };
    this.connections.set(id, conn);
    connect(this.c, conn);
  }

  private close(id: string): void {
    this.connections.delete(id);
    this.c.set(connectionsSlot, this.c.get(connectionsSlot)!.filter((conn) => conn.id !== id));
    this.c.set(watchesSlot(id), undefined);
    this.c.set(queueSlot(id), undefined);
    this.c.set(txSlot(id), undefined);
  }

  private request(entry: Entry): void {
    const conn = this.connections.get(entry.conn!)!;
    const asked = this.asked(conn, entry);
    if ('skip' in asked) {
      this.result.skipped[asked.skip] = (this.result.skipped[asked.skip] ?? 0) + 1;
      return;
    }
    const result = asked.ask();
    const reply: Message = result.ok
      ? [String(entry.type), entry.rid, entry.tx, asked.payload(result.value as never)]
      : ['ERROR', entry.rid, entry.tx, `${result.error}\0`];
    const got = arrivals(this.c.takeEffects(), reply);
    for (const other of this.connections.values()) takeEvents(this.c, other);
    const expected = entry.out ?? {};
    this.result.compared++;
    if (comparable(got) !== comparable(expected)) this.result.differences.push({ i: entry.i, expected, got });
  }

  private asked(conn: Connection, entry: Entry): Asked {
    const { c } = this;
    const { type, p } = entry;
    const tx = this.idOf(conn, entry.tx);
    const one = p.indexOf('\0') === p.length - 1 ? p.slice(0, -1) : undefined;
    const words = p.endsWith('\0') ? p.slice(0, -1).split('\0') : undefined;
    const malformed: Asked = { skip: 'malformed payload' };
    if (entry.hdr_len !== undefined || p === '') {
      if (type !== 'TRANSACTION_START' && type !== 'RESET_WATCHES') return malformed;
    }
    switch (type) {
      case 'READ':
        if (one === undefined) return malformed;
        return { ask: () => xenstored.read(c, conn, one, tx), payload: (value: string) => value };
      case 'DIRECTORY':
        if (one === undefined) return malformed;
        return { ask: () => xenstored.directory(c, conn, one, tx), payload: strings };
      case 'DIRECTORY_PART': {
        if (words?.length !== 2) return malformed;
        const rest = (names: readonly string[]): string => `?\0${strings(names).slice(Number(words[1]))}\0`;
        return { ask: () => xenstored.directory(c, conn, words[0]!, tx), payload: rest };
      }
      case 'GET_PERMS':
        if (one === undefined) return malformed;
        return { ask: () => xenstored.getPerms(c, conn, one, tx), payload: strings };
      case 'SET_PERMS': {
        if (!words) return malformed;
        const [path, ...perms] = words;
        return { ask: () => xenstored.setPerms(c, conn, path!, perms, tx), payload: ok };
      }
      case 'WRITE': {
        const end = p.indexOf('\0');
        if (end < 0) return malformed;
        return { ask: () => xenstored.write(c, conn, p.slice(0, end), p.slice(end + 1), tx), payload: ok };
      }
      case 'MKDIR':
        if (one === undefined) return malformed;
        return { ask: () => xenstored.mkdir(c, conn, one, tx), payload: ok };
      case 'RM':
        if (one === undefined) return malformed;
        return { ask: () => xenstored.rm(c, conn, one, tx), payload: ok };
      case 'WATCH':
        if (words?.length !== 2 && words?.length !== 3) return malformed;
        return { ask: () => xenstored.watch(c, conn, words[0]!, words[1]!, depthOf(words[2])), payload: ok };
      case 'UNWATCH':
        if (words?.length !== 2) return malformed;
        return { ask: () => xenstored.unwatch(c, conn, words[0]!, words[1]!), payload: ok };
      case 'RESET_WATCHES':
        return { ask: () => xenstored.resetWatches(c, conn), payload: ok };
      case 'TRANSACTION_START':
        return {
          ask: () => xenstored.transactionStart(c, conn, tx),
          payload: (id: number) => this.learn(conn, id, entry),
        };
      case 'TRANSACTION_END':
        if (one !== 'T' && one !== 'F') return malformed;
        return { ask: () => xenstored.transactionEnd(c, conn, tx, one === 'T'), payload: ok };
      default:
        return { skip: 'other request type' };
    }
  }

  /** Our id for a recorded one; 0 is no transaction, and unknown ones get an id that is never used. */
  private idOf(conn: Connection, recorded: number): number {
    return recorded === 0 ? 0 : (this.ids.get(`${conn.id} ${recorded}`) ?? 1_000_000);
  }

  /** Notes which of our ids a recorded one is. @returns the recorded reply */
  private learn(conn: Connection, id: number, entry: Entry): string {
    const payload = entry.out?.[conn.id]?.find(([type]) => type === 'TRANSACTION_START')?.[3];
    if (payload === undefined) return `${id}\0`;
    for (const [key, ours] of this.ids)
      if (ours === id && key.startsWith(`${conn.id} `)) this.ids.delete(key);
    this.ids.set(`${conn.id} ${payload.slice(0, -1)}`, id);
    return payload;
  }
}

/** The messages that the effects of one request stand for, by connection, in order. */
function arrivals(effects: readonly Effect[], reply: Message): Arrivals {
  const found: Arrivals = {};
  for (const effect of effects) {
    const conn = effect['conn'] as string;
    const payload = strings([effect['path'] as string, effect['token'] as string]);
    (found[conn] ??= []).push(effect.kind === 'event' ? ['WATCH_EVENT', 0, 0, payload] : reply);
  }
  return found;
}

/** A depth as the daemon reads it: text that is no number counts as 0. */
function depthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseInt(text, 10) || 0;
}

/** As text, without what is not comparable: generation numbers, and the order between connections. */
function comparable(found: Arrivals): string {
  const connections = Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(connections.map(([conn, messages]) => [conn, messages.map(withoutGeneration)]));
}

function withoutGeneration(message: Message): Message {
  const [type, rid, tx, payload] = message;
  return type === 'DIRECTORY_PART' ? [type, rid, tx, payload.slice(payload.indexOf('\0') + 1)] : message;
}
