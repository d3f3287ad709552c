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

const STEPS = ['into', 'over', 'out', 'back', 'back-over', 'chapter', 'chapter-back', 'start', 'end'] as const;

const schema = v.variant('type', [
  /** Is a frame there? It answers `ready`, which it also says by itself once it can be used. */
  v.object({ type: v.literal('ping') }),
  /** Opens a permalink: the whole address, or its fragment. */
  v.object({ type: v.literal('open'), link: text }),
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

/** What a frame tells the page around it. */
export type FrameMessage =
  | { type: 'ready'; scenarios: readonly string[] }
  /** How high it is, in CSS pixels; only with `height=auto`. */
  | { type: 'height'; height: number }
  | { type: 'step'; position: number; length: number; key: string | null; link: string }
  | { type: 'chapter'; id: string; title: string }
  | { type: 'playing'; playing: boolean }
  | { type: 'state'; id?: string | number; state: Summary }
  /** What a message, an option or a link asked for and could not be done. */
  | { type: 'error'; reason: string };

/** The state at the step shown, as far as a page can use it that knows nothing of Xen. */
export interface Summary {
  /** The fragment that leads to this step. */
  link: string;
  scenario: string;
  config: Readonly<Record<string, string | number>>;
  position: number;
  length: number;
  playing: boolean;
  /** The step that led here; null at the beginning. */
  step: { key: string; thread: string; party: string } | null;
  chapter: { id: string; title: string } | null;
  /** As xenstore has them; null while there is no such key. */
  states: { frontend: number | null; backend: number | null };
  rings: readonly { direction: string; queue: number; pages: number; mapped: number }[];
  /** Grant entries in use, and how many of them Xen has pinned for a mapping. */
  grants: { used: number; mapped: number };
  fingerprint: string;
}

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
