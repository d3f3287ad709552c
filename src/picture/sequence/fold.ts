/** Makes a run's messages few enough to be read: equal ones that follow each other, and what repeats, become one. */
import { pictureWords } from '../../content/picture.ts';
import { fill } from '../../content/words.ts';
import type { Outline } from '../../engine/protocol.ts';
import { messagesOf } from './messages.ts';
import type { Detail, Happening, Message, Request, Who } from './messages.ts';

const t = pictureWords.sequence;

/** One arrow of the diagram. */
export interface Line {
  readonly from: Who;
  readonly to: Who;
  readonly reply: boolean;
  readonly text: string;
  /** The steps that it stands for, from 1, as people count. */
  readonly first: number;
  readonly last: number;
}

/** Lines that happened so many times in a row; the steps are those of all of it. */
export interface Block {
  readonly times: number;
  readonly lines: readonly Line[];
}

export interface ChapterLines {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Messages that are one line. */
interface Run {
  readonly messages: Message[];
  readonly first: number;
  last: number;
}

/** The longest block that is looked for. */
const LONGEST = 8;

/** The lines of what happened, by chapters; chapters in which nothing was said are left out. */
export function sequenceOf(
  happenings: readonly Happening[], { chapters }: Pick<Outline, 'chapters'>,
): ChapterLines[] {
  const bounds = [
    { title: t.start, from: 0 },
    ...chapters.map(({ title, at }, i) => ({ title: fill(t.chapter, { n: i + 1, title }), from: at })),
  ];
  return bounds.flatMap(({ title, from }, i) => {
    const to = bounds[i + 1]?.from ?? Infinity;
    const blocks = repeated(runsOf(happenings.filter(({ n }) => n >= from && n < to)));
    return blocks.length === 0 ? [] : [{ title, blocks }];
  });
}

/** How many lines the chapters have. */
export function countOf(chapters: readonly ChapterLines[]): number {
  return chapters.reduce((sum, { blocks }) => sum + blocks.reduce((more, { lines }) => more + lines.length, 0), 0);
}

/** Messages of one group that follow each other, as one. */
function runsOf(happenings: readonly Happening[]): Run[] {
  const runs: Run[] = [];
  for (const happening of happenings) {
    const step = happening.n + 1;
    for (const message of messagesOf(happening)) {
      const run = runs.at(-1);
      if (run !== undefined && message.group !== null && keyOf(run.messages[0]!) === keyOf(message)) {
        run.messages.push(message);
        run.last = step;
      } else {
        runs.push({ messages: [message], first: step, last: step });
      }
    }
  }
  return runs;
}

/** What makes two messages the same but for their details. */
function keyOf({ from, to, group, what }: Message): string {
  return `${from} ${to} ${group ?? `: ${what}`}`;
}

/** What makes two runs alike, so that a block of them may repeat: what is in them, though not which. */
function shapeOf({ messages }: Run): string {
  // Numbers tell queues and threads apart, which is what repeats.
  return `${keyOf(messages[0]!).replaceAll(/\d+/g, '0')} ${messages.length}`;
}

/** The runs as lines, with blocks that repeat as one block. */
function repeated(runs: readonly Run[]): Block[] {
  const shapes = runs.map(shapeOf);
  const blocks: Block[] = [];
  for (let at = 0; at < runs.length;) {
    const { length, times } = bestRepeat(shapes, at);
    const own = runs.slice(at, at + length);
    const end = at + length * times;
    if (times === 1) blocks.push({ times: 1, lines: own.map((run) => lineOf(run)) });
    else {
      const lines = own.map((run, i) => {
        const all = Array.from({ length: times }, (_, k) => runs[at + k * length + i]!);
        return { ...lineOf(run), last: all.at(-1)!.last };
      });
      blocks.push({ times, lines });
    }
    at = end;
  }
  return blocks;
}

/** The repeat at `at` that saves most lines; a block of one that occurs once if none saves any. */
function bestRepeat(shapes: readonly string[], at: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  let saved = 0;
  for (let length = 1; length <= LONGEST; length++) {
    let times = 1;
    const block = shapes.slice(at, at + length);
    while (block.every((shape, i) => shapes[at + times * length + i] === shape)) times++;
    if (length * (times - 1) > saved) [best, saved] = [{ length, times }, length * (times - 1)];
  }
  return best;
}

function lineOf({ messages, first, last }: Run): Line {
  const { from, to, reply } = messages[0]!;
  return { from, to, reply, text: textOf(messages), first, last };
}

function textOf(messages: readonly Message[]): string {
  const [{ what }] = messages as [Message];
  const requests = messages.filter(({ request }) => request !== undefined);
  if (requests.length > 0) return requestsText(requests);
  const counted = messages.length === 1 ? what : fill(t.times, { what, count: messages.length });
  const detail = detailOf(messages.flatMap((message) => message.detail ?? []));
  return detail === null ? counted : fill(t.detail, { what: counted, detail });
}

/** The details of several messages as one: from the first number to the last, or the directory that paths have in common. */
function detailOf(details: readonly Detail[]): string | null {
  const [first, last] = [details[0], details.at(-1)];
  if (first === undefined || last === undefined) return null;
  if ('noun' in first && 'noun' in last) {
    const value = first.value === last.value ? first.value
      : fill(pictureWords.range, { from: first.value, to: last.value });
    return fill(t.named, { noun: first.noun, value });
  }
  const paths = details.flatMap((detail) => ('path' in detail ? [detail.path] : []));
  if (paths.every((path) => path === paths[0])) return paths[0]!;
  const top = paths[0]!.split('/')[0]!;
  return paths.every((path) => path.split('/')[0] === top) ? top : null;
}

const COUNTED: Readonly<Record<Request, string>> = { reads: t.reads, changes: t.changes, watches: t.watches };

/** 'reads × 3, changes × 2'; of a single request, which. */
function requestsText(requests: readonly Message[]): string {
  const counts = new Map<Request, number>();
  for (const { request } of requests) counts.set(request!, (counts.get(request!) ?? 0) + 1);
  const what = requests.length === 1
    ? requests[0]!.what
    : [...counts].map(([request, count]) => fill(COUNTED[request], { count })).join(', ');
  return requests.every(({ inTransaction }) => inTransaction) ? fill(t.inTransaction, { what }) : what;
}
