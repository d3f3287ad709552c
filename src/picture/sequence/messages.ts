/** What a run's steps say to each other, from what they did: messages between parties, before anything is folded. */
import { effectWords } from '../../content/effects.ts';
import { pictureWords } from '../../content/picture.ts';
import { stageWords } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { Effect, Outline, Party, StepRecord } from '../../engine/protocol.ts';
import { pagesText } from '../scene.ts';

const t = pictureWords.sequence;

/** From left to right, as on the stage. */
export const PARTIES = ['domU', 'xenstored', 'xen', 'dom0', 'toolstack'] as const;
export type Who = (typeof PARTIES)[number];

/** What one step did. */
export interface Happening {
  /** Counted from 0; people read n + 1. */
  readonly n: number;
  readonly thread: string;
  readonly party: Party;
  readonly effects: readonly Effect[];
}

/** What steps of a run did that a sequence can show. */
export function happeningsOf(records: readonly StepRecord[], { threads }: Pick<Outline, 'threads'>): Happening[] {
  const parties = new Map(threads.map(({ name, party }) => [name, party]));
  return records.map(({ number, thread, effects }) => ({ n: number - 1, thread, party: parties.get(thread)!, effects }));
}

/** Requests to xenstored, by what they are for. */
export type Request = 'reads' | 'changes' | 'watches';

/** A thing by its number, or a place in xenstore. */
export type Detail = { readonly noun: string; readonly value: string } | { readonly path: string };

export interface Message {
  readonly from: Who;
  readonly to: Who;
  /** What comes by itself, such as an event. */
  readonly reply: boolean;
  /** Messages of the same group that follow each other are one line; null for one that stands alone. */
  readonly group: string | null;
  readonly what: string;
  /** What tells it from others of its group. */
  readonly detail: Detail | null;
  /** Of a request that is counted among others. */
  readonly request?: Request;
  readonly inTransaction?: boolean;
}

const REQUESTS: Readonly<Record<string, Request>> = {
  READ: 'reads', DIRECTORY: 'reads', GET_PERMS: 'reads', WRITE: 'changes', MKDIR: 'changes', RM: 'changes', SET_PERMS: 'changes',
  WATCH: 'watches', UNWATCH: 'watches',
};
/** What each request is called. */
const VERBS: Readonly<Record<string, readonly string[]>> = effectWords.xs.requests;
const CONNECTIONS: Readonly<Record<string, Who>> = { domU: 'domU', dom0: 'dom0', libxl: 'toolstack' };

/** The messages of one step, requests before what they cause. */
export function messagesOf({ party, effects }: Happening): Message[] {
  const sent = effects.filter(({ kind }) => kind !== 'event');
  const caused = effects.filter(({ kind }) => kind === 'event');
  const self: Who = party === 'xen' || party === 'xenstored' ? 'xen' : party;
  return [...sent, ...caused].flatMap((effect) => messageOf(effect, self));
}

function messageOf(effect: Effect, self: Who): Message[] {
  const { kind } = effect;
  const kernel = effect['kernel'] === 'domU' || effect['kernel'] === 'dom0' ? effect['kernel'] : self;
  const own = (what: string, detail: Detail | null = null, group: string | null = kind,
    who: Who = kernel): Message[] =>
    [{ from: who, to: who, reply: false, group, what, detail }];
  switch (kind) {
    case 'xs':
      return request(effect);
    case 'event': {
      const to = CONNECTIONS[text(effect['conn'])];
      return to === undefined ? [] : [{
        from: 'xenstored', to, reply: true, group: 'event', what: t.watchEvent, detail: { path: placeOf(effect['path']) },
      }];
    }
    case 'xen':
      return hypercall(effect);
    case 'grant-store':
      // The flags come last: they make the entry one that grants.
      return effect['field'] === 'flags'
        ? own(t.grant, { noun: t.ref, value: text(effect['ref']) }, kind, 'domU') : [];
    case 'grant-end':
      return own(t.grantEnd, { noun: t.ref, value: text(effect['ref']) }, kind, 'domU');
    case 'alloc-pages':
      return own(fill(t.alloc, {
        pages: pagesText(Number(effect['pages'])), ring: text(effect['direction']).toUpperCase(), queue: text(effect['queue']),
      }), null, null, 'domU');
    case 'post-rx':
      return own(
        fill(t.post, { count: text(effect['count']), queue: text(effect['queue']) }), null, null, 'domU',
      );
    case 'free-page':
      return own(t.frees, null, kind, 'domU');
    case 'spawn':
    case 'spawn-idle':
      return own(fill(t.spawn, { thread: text(effect['thread']) }), null, null);
    case 'log':
      return own(fill(t.log, { line: text(effect['line']) }), null, null);
    case 'xl':
      return own(fill(t.says, { says: text(effect['says']) }), null, null, 'toolstack');
    case 'packet-sent':
    case 'packet-queued':
    case 'packet-delivered':
    case 'packet-dropped': {
      const what = { 'packet-sent': t.sent, 'packet-queued': t.queued, 'packet-delivered': t.delivered,
        'packet-dropped': t.dropped }[kind];
      return own(fill(t.packet, { what }), { noun: t.number, value: text(effect['number']) });
    }
    case 'request-read':
      return own(t.request, null, kind, 'dom0');
    case 'response-written':
      return own(t.response, null, kind, 'dom0');
    case 'domain-relinquished':
      return own(fill(t.relinquished, { domid: text(effect['domid']) }), null, null, 'xen');
    case 'zombie-gone':
      return own(fill(t.zombie, { domid: text(effect['domid']) }), null, null, 'xen');
    case 'xenstored-release':
      return own(
        fill(t.release, { count: text(effect['count']), domid: text(effect['domid']) }), null, null, 'xenstored',
      );
    case 'guest-stops':
      return own(fill(t.failed, { what: t.guestStops, error: text(effect['why']) }), null, null, 'domU');
    default:
      return [];
  }
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Longer paths are shown by their ends. */
const LONGEST_PATH = 34;
const PLACES = [
  [/^(?:\/local\/domain\/5\/)?device\/vif\/0(?=\/|$)/, t.frontend],
  [/^(?:\/local\/domain\/0\/)?backend\/vif\/5\/0(?=\/|$)/, t.backend],
] as const;

/** A path in short: by whose directory it lies in; of one elsewhere the end, by which people know it. */
function placeOf(path: unknown): string {
  const whole = text(path);
  for (const [pattern, name] of PLACES) if (pattern.test(whole)) return whole.replace(pattern, name);
  return whole.length <= LONGEST_PATH ? whole : `…/${whole.split('/').slice(-2).join('/')}`;
}

function request(effect: Effect): Message[] {
  const from = CONNECTIONS[text(effect['conn'])];
  if (from === undefined) return [];
  const { op, path, value, ok, error } = effect;
  const inTransaction = effect['tx'] !== undefined && effect['tx'] !== 0;
  const failed = ok === false && error !== 'ENOENT';
  const told = (what: string): string => (failed ? fill(t.failed, { what, error: text(error) }) : what);
  const alone = (what: string): Message[] =>
    [{ from, to: 'xenstored', reply: false, detail: null, group: null, what: told(what) }];
  if (op === 'TRANSACTION_END') return alone(value === 'F' ? t.abandon : t.commit);
  const kind = REQUESTS[text(op)];
  // A transaction's beginning is said by what is in it.
  if (kind === undefined) return [];
  if (op === 'WRITE' && text(path).endsWith('/state')) {
    const name = stageWords.states[Number(value)] ?? stageWords.noState;
    return alone(fill(t.state, { path: placeOf(path), value: text(value), name }));
  }
  const what = fill(t.ask, { verb: VERBS[text(op)]?.[0], path: placeOf(path) });
  if (failed) return alone(what);
  const base = { from, to: 'xenstored', reply: false, detail: null } as const;
  return [{ ...base, group: 'xs', what, request: kind, inTransaction }];
}

function hypercall(effect: Effect): Message[] {
  const op = text(effect['op']);
  const from: Who = effect['caller'] === 5 ? 'domU' : 'dom0';
  const args = fields(effect['args']);
  const result = fields(effect['result']);
  const status = Number(result['status'] ?? result['rc'] ?? 0);
  const port = args['port'] ?? args['remote_port'] ?? result['port'];
  const ref = args['ref'] ?? args['dest_ref'] ?? args['source_ref'];
  const named = op === 'send' ? t.notify : op;
  const noted = port === undefined ? null : { noun: t.port, value: text(port) };
  const detail = ref === undefined ? noted : { noun: t.ref, value: text(ref) };
  const call: Message = {
    from, to: 'xen', reply: false, detail, group: status < 0 ? `${op} ${status}` : op,
    what: status < 0 ? fill(t.refused, { what: named, status }) : named,
  };
  if (op !== 'send' || result['delivered'] !== true) return [call];
  const peer = from === 'domU' ? 'dom0' : 'domU';
  return [call, { from: 'xen', to: peer, reply: true, group: 'upcall', what: t.upcall, detail: null }];
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
