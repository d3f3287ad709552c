/**
 * What an embedding page and a frame say to each other with `postMessage`. Every message is a plain object with
 * `ringscope: 1`, the version of these messages, and a `type`. Pure.
 */
import * as v from 'valibot';
import { SPEEDS, THEMES } from '../store/store.ts';

export const MESSAGES = 1;

/** Longer than any link: what is longer is no message of a host. */
const LONGEST = 4000;

const text = v.pipe(v.string(), v.maxLength(LONGEST));
/** What a host adds to a question, to know the answer by. */
const id = v.optional(v.union([v.pipe(v.string(), v.maxLength(100)), v.pipe(v.number(), v.finite())]));

/** As an attribute has it, or as a script does. */
const optional = v.optional(v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.finite())]));

const STEPS = ['into', 'over', 'out', 'back', 'back-over', 'chapter', 'chapter-back', 'start', 'end'] as const;

const schema = v.variant('type', [
  /** Is a frame there? It answers `ready`, which it also says by itself once it can be used. */
  v.object({ type: v.literal('ping') }),
  /** Opens a permalink: the whole address, or its fragment. */
  v.object({ type: v.literal('open'), link: text }),
  /** Opens a run as the options of that name do; what is left out is as the scenario has it. */
  v.object({ type: v.literal('show'), scenario: optional, pages: optional, queues: optional, step: optional }),
  v.object({ type: v.literal('step'), how: v.optional(v.picklist(STEPS), 'into') }),
  /** To a step by number, or a place as the options `from` and `to` name it. */
  v.object({ type: v.literal('seek'), to: v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999_999)), text]) }),
  v.object({ type: v.literal('play'), speed: v.optional(v.picklist(SPEEDS)) }),
  v.object({ type: v.literal('pause') }),
  v.object({ type: v.literal('setTheme'), theme: v.picklist(THEMES) }),
  /** Answered by `state`. */
  v.object({ type: v.literal('getState'), id }),
]);

export type HostMessage = v.InferOutput<typeof schema>;

/** A message of a host; the reason where it is none that is known; null where it is none for a frame at all. */
export function readMessage(data: unknown): { message: HostMessage } | { wrong: string } | null {
  if (typeof data !== 'object' || data === null || !('ringscope' in data)) return null;
  if (data.ringscope !== MESSAGES) return { wrong: `ringscope: ${shown(data.ringscope)}, but this frame speaks version ${MESSAGES}` };
  const read = v.safeParse(schema, data);
  if (read.success) return { message: read.output };
  const issue = read.issues[0];
  return { wrong: `${v.getDotPath(issue) ?? 'type'}: expected ${issue.expected ?? 'another value'}, found ${issue.received.slice(0, 60)}` };
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value).slice(0, 20) : typeof value;
}
