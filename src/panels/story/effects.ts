/** What a step did, in words. Pure. */
import { effectWords as t } from '../../content/effects.ts';
import { fill } from '../../content/words.ts';
import type { Effect } from '../../store/store.ts';
import { formatValue, isFields, isList, listOf, plain } from '../../parts/values.ts';

/** Requests to xenstored as verbs; `=` where the value is what the caller gives, `→` where it is the reply. */
const requests: Readonly<Record<string, readonly string[]>> = t.xs.requests;
/** Effects of which a sentence says all, by kind. */
const kinds: Readonly<Record<string, string>> = t.kinds;
/** Fields that people read in another way than others. */
const READ_AS = new Set(['gfn', 'value']);

/** An effect in words. An unknown kind is shown with its fields. */
export function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case 'xs':
      return describeRequest(effect);
    case 'xen':
      return describeHypercall(effect);
    case 'notify-decision':
      return describeDecision(effect);
    default: {
      const { kind, ...fields } = effect;
      const sentence = sentenceOf(effect);
      if (sentence !== undefined) return fill(sentence, valuesOf(effect));
      const rest = formatValue(fields);
      return rest === '' ? kind : `${kind}: ${rest}`;
    }
  }
}

/** The sentence for an effect; some kinds have two. */
function sentenceOf({ kind, found, missed, again, spurious }: Effect): string | undefined {
  if (kind === 'final-check' && found === 0) return t.variants.nothingCame;
  if (kind === 'napi-scheduled' && missed === true) return t.variants.willRunAgain;
  if (kind === 'napi-done' && again === true) return t.variants.runsAgain;
  if (kind === 'eoi' && spurious === true) return t.variants.spurious;
  return kinds[kind];
}

/** The fields of an effect as words of a sentence. */
function valuesOf(effect: Effect): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(effect)) {
    const field = name === 'value' ? plain(effect['field']) : name;
    values[name] = READ_AS.has(name) ? formatValue(value, field) : plain(value);
  }
  if (effect['direction'] !== undefined) values['direction'] = plain(effect['direction']).toUpperCase();
  return { ...values, ring: ringName(effect) };
}

/** The ring that an effect is about: "the TX ring of queue 0". A slot of a packet is one of a TX ring. */
function ringName({ ring = 'tx', queue }: Effect): string {
  return fill(t.ring, { ring: plain(ring).toUpperCase(), queue: plain(queue) });
}

/** Whether the other side must be told, with the numbers that decide it. */
function describeDecision(effect: Effect): string {
  const values = valuesOf(effect);
  const verdict = values['old'] === values['new'] ? 'nothing' : effect['notify'] === true ? 'notify' : 'suppressed';
  return fill(t.decision[verdict], { ...values, published: fill(t.decision.published, values) });
}

function describeRequest({ op, conn, node, path, value, tx, ok, error }: Effect): string {
  const who = plain(conn);
  const failed = ok === false ? ` → ${plain(error)}` : '';
  if (op === 'TRANSACTION_START') return `${fill(t.xs.start, { conn: who })}${failed}`;
  if (op === 'TRANSACTION_END') return `${fill(value === 'F' ? t.xs.abandon : t.xs.commit, { conn: who })}${failed}`;
  const [verb = '', sign] = requests[plain(op)] ?? [plain(op).toLowerCase(), '→'];
  const given = sign === '=' && value !== undefined ? ` = ${plainValue(value)}` : '';
  const reply = sign === '→' && ok !== false && value !== undefined ? ` → ${plainValue(value)}` : '';
  const request = `${[who, verb, plain(node ?? path)].filter((word) => word !== '').join(' ')}${given}${failed || reply}`;
  return typeof tx === 'number' && tx !== 0 ? fill(t.xs.inside, { request }) : request;
}

function plainValue(value: Effect[string]): string {
  if (!isList(value)) return formatValue(value);
  return value.every((item) => typeof item === 'string') && value.length <= 6
    ? value.join(' ') || t.xs.childless
    : listOf(value);
}

function describeHypercall({ op, caller, args, result, why }: Effect): string {
  const given = isFields(args) ? formatValue(args) : '';
  const answer = result === undefined ? '' : ` → ${formatValue(result)}`;
  const said = fill(t.xen.call, { op: plain(op), caller: plain(caller) });
  const call = `${said}${given === '' ? '' : ` {${given}}`}${answer}`;
  return typeof why === 'string' ? fill(t.xen.why, { call, why }) : call;
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
