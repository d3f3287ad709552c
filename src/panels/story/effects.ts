/** What a step did, in words. Pure. */
import type { Effect } from '../../store/store.ts';
import { formatValue, isFields, isList, listOf, plain } from './values.ts';

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
    case 'eoi':
      return `${text('kernel')} ends the interrupt of port ${text('port')}${effect['spurious'] === true ? ', which had no work' : ''}`;
    default: {
      const { kind, ...fields } = effect;
      const rest = formatValue(fields);
      return rest === '' ? kind : `${kind}: ${rest}`;
    }
  }
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
