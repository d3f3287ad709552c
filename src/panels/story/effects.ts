/** What a step did, in words. Pure. */
import type { Effect } from '../../store/store.ts';
import { formatValue, isFields, isList, listOf, plain } from '../../parts/values.ts';

/**
 * Requests to xenstored as verbs; `=` where the value is what the caller gives, `→` where it is the reply.
 */
const requests: Readonly<Record<string, readonly [verb: string, value: '=' | '→' | '']>> = {
  READ: ['reads', '→'],
  WRITE: ['writes', '='],
  MKDIR: ['makes', ''],
  RM: ['removes', ''],
  DIRECTORY: ['lists', '→'],
  GET_PERMS: ['asks who may use', '→'],
  SET_PERMS: ['sets who may use', '='],
  WATCH: ['sets a watch on', ''],
  UNWATCH: ['drops its watch on', ''],
};

/** Effects of which a sentence says all, by kind; `{field}` is one of the effect's. */
const others: Readonly<Record<string, string>> = {
  'stop-idle': 'thread {thread} ends: it was asleep, and is no more',
  'watch-dropped': '{conn} drops a watch event for {path}',
  'grant-end': 'entry {ref} permits nothing any more',
  'grant-deferred': 'entry {ref} is still in use: the kernel keeps it, and will try again later',
  'free-page': 'the page at gfn {gfn} goes back to the guest’s allocator',
  'release-rx': '{count} receive buffers of queue {queue} are given up',
  'store-buffered': 'a store waits in the CPU’s store buffer: nobody else sees it yet',
  'store-drained': 'a store leaves the CPU’s store buffer: everybody sees it now',
  'domain-relinquished': 'Xen lets go of the memory of domain {domid}',
  'zombie-gone': 'nobody maps a frame of domain {domid} any more: the zombie goes',
  'xenstored-release': 'xenstored removes the keys that domain {domid} owned: {count}',
  'guest-stops': 'the guest runs no more: {why}',
  time: 'time passes: {ms} ms, and timer {timer} is due',
  xl: 'xl says: {says}',
};

/** An effect in words. An unknown kind is shown with its fields. */
export function describeEffect(effect: Effect): string {
  const text = (field: string): string => plain(effect[field]);
  switch (effect.kind) {
    case 'xs':
      return describeRequest(effect);
    case 'xen':
      return describeHypercall(effect);
    case 'event':
      return `xenstored queues a watch event for ${text('conn')}: ${text('path')}`;
    case 'watch-taken':
      return `${text('conn')} takes the watch event for ${text('path')}`;
    case 'spawn':
      return `thread ${text('thread')} begins`;
    case 'spawn-idle':
      return `thread ${text('thread')} is started and sleeps`;
    case 'log':
      return `${text('kernel')} prints: ${text('line')}`;
    case 'uevent':
      return `the kernel tells userspace: ${text('action')} ${text('device')}`;
    case 'gratuitous-arp':
      return `${text('netdev')} announces its address to the network`;
    case 'grant-store':
      return `domU writes ${text('field')} ${formatValue(effect['value'], text('field'))} into entry ${text('ref')}`;
    case 'alloc-pages':
      return (
        `${text('pages')} zeroed pages for the ${text('direction').toUpperCase()} ring of queue ${text('queue')}, ` +
        `from gfn ${formatValue(effect['gfn'], 'gfn')}`
      );
    case 'post-rx':
      return `${text('count')} receive requests go into queue ${text('queue')}, with grants from ${text('first_ref')} on`;
    case 'packet-sent':
      return `packet ${text('number')} sets out from ${text('kernel')}`;
    case 'packet-queued':
      return `packet ${text('number')} waits for the guest in queue ${text('queue')}`;
    case 'packet-delivered':
      return `packet ${text('number')} has arrived: ${text('kernel')}’s network stack has it`;
    case 'packet-dropped':
      return `${text('kernel')} throws packet ${text('number')} away`;
    case 'tx-slot':
      return `packet ${text('number')} gets id ${text('id')}, reference ${text('ref')} and index ${text('index')} of ${ringName({ ...effect, ring: 'tx' })}`;
    case 'tx-finished':
      return `request ${text('id')} of queue ${text('queue')} is finished, reference ${text('ref')} is free`;
    case 'request-read':
      return `netback reads request ${text('id')} at index ${text('index')} of ${ringName(effect)}: reference ${text('ref')}`;
    case 'response-written':
      return `netback writes at index ${text('index')} of ${ringName(effect)}: id ${text('id')}, status ${text('status')}`;
    case 'response-read':
      return `netfront reads at index ${text('index')} of ${ringName(effect)}: id ${text('id')}, status ${text('status')}`;
    case 'notify-decision':
      return describeDecision(effect);
    case 'event-asked':
      return `${text('kernel')} asks to be told at index ${text('event')} of ${ringName(effect)} (${text('field')})`;
    case 'final-check':
      return effect['found'] === 0
        ? `nothing has come into ${ringName(effect)} meanwhile: ${text('kernel')} may rest`
        : `something has come into ${ringName(effect)} meanwhile: ${text('kernel')} goes on`;
    case 'grant-end':
      return `entry ${text('ref')} permits nothing any more`;
    case 'napi-scheduled':
      return effect['missed'] === true
        ? `${text('poll')} of queue ${text('queue')} is under way, and will run again`
        : `${text('poll')} of queue ${text('queue')} will run`;
    case 'napi-done':
      return `${text('poll')} of queue ${text('queue')} is done${effect['again'] === true ? ', and runs again' : ''}`;
    case 'thread-woken':
      return `thread ${text('thread')} is woken`;
    case 'queue-stopped':
      return `queue ${text('queue')} takes no more packets: its ring is nearly full`;
    case 'queue-woken':
      return `queue ${text('queue')} takes packets again`;
    case 'eoi':
      return `${text('kernel')} ends the interrupt of port ${text('port')}${effect['spurious'] === true ? ', which had no work' : ''}`;
    default: {
      const { kind, ...fields } = effect;
      const sentence = others[kind];
      if (sentence !== undefined) return sentence.replace(/\{(\w+)\}/g, (_, field: string) => text(field));
      const rest = formatValue(fields);
      return rest === '' ? kind : `${kind}: ${rest}`;
    }
  }
}

/** The ring that an effect is about: "the TX ring of queue 0". */
function ringName(effect: Effect): string {
  return `the ${plain(effect['ring']).toUpperCase()} ring of queue ${plain(effect['queue'])}`;
}

/** Whether the other side must be told, with the numbers that decide it. */
function describeDecision(effect: Effect): string {
  const [old, now, event] = [plain(effect['old']), plain(effect['new']), plain(effect['event'])];
  const published = `${plain(effect['kernel'])} has gone from ${old} to ${now} in ${ringName(effect)}`;
  if (old === now) return `${published}: nothing new, no notification`;
  const verdict = effect['notify'] === true ? 'lies between: notify' : 'does not lie between: the notification is suppressed';
  return `${published}; the other side asked for ${event}, which ${verdict}`;
}

function describeRequest({ op, conn, node, path, value, tx, ok, error }: Effect): string {
  const who = plain(conn);
  const failed = ok === false ? ` → ${plain(error)}` : '';
  if (op === 'TRANSACTION_START') return `${who} begins a transaction${failed}`;
  if (op === 'TRANSACTION_END')
    return `${who} ${value === 'F' ? 'abandons' : 'commits'} its transaction${failed}`;
  const [verb, sign] = requests[plain(op)] ?? [plain(op).toLowerCase(), '→'];
  const given = sign === '=' && value !== undefined ? ` = ${plainValue(value)}` : '';
  const reply = sign === '→' && ok !== false && value !== undefined ? ` → ${plainValue(value)}` : '';
  const inside = typeof tx === 'number' && tx !== 0 ? ', inside its transaction' : '';
  return `${[who, verb, plain(node ?? path)].filter((word) => word !== '').join(' ')}${given}${failed || reply}${inside}`;
}

function plainValue(value: Effect[string]): string {
  if (!isList(value)) return formatValue(value);
  return value.every((item) => typeof item === 'string') && value.length <= 6
    ? value.join(' ') || 'none'
    : listOf(value);
}

function describeHypercall({ op, caller, args, result, why }: Effect): string {
  const given = isFields(args) ? formatValue(args) : '';
  const answer = result === undefined ? '' : ` → ${formatValue(result)}`;
  const because = typeof why === 'string' ? ` (${why})` : '';
  return `Xen runs ${plain(op)} for domain ${plain(caller)}${given === '' ? '' : ` {${given}}`}${answer}${because}`;
}

/** The first `most` effects in words, requests before what they cause; and how many more there are. */
export function describeEffects(effects: readonly Effect[], most: number): { lines: string[]; more: number } {
  const ordered = [
    ...effects.filter(({ kind }) => kind !== 'event'),
    ...effects.filter(({ kind }) => kind === 'event'),
  ];
  const lines = [...new Set(ordered.map(describeEffect))];
  return { lines: lines.slice(0, most), more: Math.max(0, lines.length - most) };
}
