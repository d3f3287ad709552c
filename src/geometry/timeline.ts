/** The timeline as numbers and path strings. Pure; x in pixels, steps from 0. */
import { pathRound } from 'd3';

/** Ticks narrower than this run together. */
const MIN_TICK = 2;
/** Digits behind the point of a coordinate. */
const DIGITS = 1;

export interface LaneInput {
  /** Number of steps. */
  length: number;
  threads: readonly { name: string; party: string }[];
  thread: ArrayLike<number>;
  inXen: ArrayLike<number>;
  inXenstored: ArrayLike<number>;
}

export interface Lane {
  id: string;
  name: string;
  party: string;
  /** Indexes of the threads drawn here; none for xenstored and Xen. */
  threads: readonly number[];
  /** Steps that this lane's own code runs, ascending. */
  steps: readonly number[];
  /** Steps that it spends inside Xen or waiting for xenstored, ascending. Empty for those two. */
  away: readonly number[];
}

interface Draft extends Lane {
  threads: number[];
  steps: number[];
  away: number[];
}

/**
 * The lanes, top to bottom: the person, userspace, xenstored, dom0's threads, Xen, domU's threads. A step in Xen or a
 * request to xenstored is drawn in their lane; the thread that asked shows it as a thin line. Threads that
 * never run have no lane, and the threads of several queues (`...-q0-...`, `...-q1-...`) share one. With
 * `byParty` all threads of a party share a lane, which has the party's name.
 */
export function lanesOf(run: LaneInput, byParty = false): Lane[] {
  const drafts = new Map<string, Draft>();
  const lane = (name: string, party: string): Draft => {
    const known = drafts.get(name);
    if (known !== undefined) return known;
    const made: Draft = { id: name, name, party, threads: [], steps: [], away: [] };
    drafts.set(name, made);
    return made;
  };
  const xenstored = lane('xenstored', 'xenstored');
  const xen = lane('Xen', 'xen');
  const groups = byParty
    ? run.threads.map(({ name, party }) => (APART.has(name) ? name : party))
    : groupNames(run.threads.map(({ name }) => name));
  const ofThread = run.threads.map(({ name, party }, thread) => {
    const made = lane(groups[thread] ?? '', colourOf(name, party));
    made.threads.push(thread);
    return made;
  });
  for (let n = 0; n < run.length; n++) {
    const own = ofThread[run.thread[n] ?? -1];
    const elsewhere = run.inXen[n] ? xen : run.inXenstored[n] ? xenstored : undefined;
    elsewhere?.steps.push(n);
    (elsewhere === undefined ? own?.steps : own?.away)?.push(n);
  }
  const all = [...drafts.values()].filter(({ steps, away }) => steps.length + away.length > 0);
  const sorted = all.sort((a, b) => ORDER.indexOf(a.party) - ORDER.indexOf(b.party));
  return besideTheirThreads(sorted);
}

const ORDER = ['you', 'toolstack', 'xenstored', 'dom0', 'xen', 'domU'];

/** Each store buffer beneath the thread whose stores wait in it, where that has a lane; the name says the rest. */
function besideTheirThreads(lanes: readonly Lane[]): Lane[] {
  const placed = lanes.filter(({ name }) => !DRAIN.test(name));
  for (const lane of lanes) {
    if (!DRAIN.test(lane.name)) continue;
    const thread = placed.findIndex(({ name }) => name === lane.name.replace(DRAIN, ''));
    if (thread < 0) placed.push(lane);
    else placed.splice(thread + 1, 0, { ...lane, name: '↳ store buffer' });
  }
  return placed;
}

/** Threads that belong to nobody in the machine: the person, the scenario's own story, and time. */
const APART: ReadonlySet<string> = new Set(['you', 'story', 'time']);
const DRAIN = / store buffer$/;

/** In whose colour a thread is drawn: its party's, or its own where it belongs to none. */
export function colourOf<P extends string>(thread: string, party: P): P | 'you' {
  return APART.has(thread) ? 'you' : party;
}

/** Names with the queue's number replaced by `*` where several differ only in that. */
function groupNames(names: readonly string[]): string[] {
  const patterns = names.map((name) => name.replace(/-q\d+/, '-q*'));
  return names.map((name, i) => {
    const pattern = patterns[i] ?? name;
    return patterns.filter((other) => other === pattern).length > 1 ? pattern : name;
  });
}

/** Pixel of a position: position n lies between step n - 1 and step n. */
export function positionScale(length: number, width: number): (position: number) => number {
  return (position) => (position * width) / Math.max(1, length);
}

/** The position nearest to a pixel, within the run. */
export function positionAt(x: number, length: number, width: number): number {
  if (width <= 0) return 0;
  return Math.round((Math.min(Math.max(x, 0), width) * length) / width);
}

/** One path of filled boxes, a box a step; boxes that would be too thin to tell apart are joined. */
export function tickPath(
  steps: readonly number[],
  x: (position: number) => number,
  top: number,
  height: number,
): string {
  const path = pathRound(DIGITS);
  const stepWidth = x(1) - x(0);
  const gap = stepWidth >= 3 * MIN_TICK ? 1 : 0;
  const nearest = stepWidth >= MIN_TICK ? 0 : MIN_TICK;
  let left = 0;
  let right = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    if (right === Number.NEGATIVE_INFINITY) return;
    path.rect(left, top, right - left, height);
  };
  for (const n of steps) {
    const from = x(n);
    const to = Math.max(x(n + 1) - gap, from + 1);
    if (from - right < nearest) right = to;
    else {
      flush();
      left = from;
      right = to;
    }
  }
  flush();
  return path.toString();
}

/** A thin curve from one point to another that leaves and arrives horizontally. */
export function messagePath(x0: number, y0: number, x1: number, y1: number): string {
  const bend = Math.max(6, (x1 - x0) / 2);
  const path = pathRound(DIGITS);
  path.moveTo(x0, y0);
  path.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
  return path.toString();
}

/** A message between two lanes: where it is sent and where it is taken up, in pixels. */
export interface Ends {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Bundle extends Ends {
  /** Messages that it stands for. */
  readonly count: number;
}

/** Messages between the same lanes are one bundle while each starts and ends this near to the one before. */
const NEAR = { start: 16, end: 32 } as const;

/** Messages gathered where they would lie beside one another; a bundle runs as its first message does. */
export function bundlesOf(messages: readonly Ends[]): Bundle[] {
  const sorted = [...messages].sort((a, b) => a.y0 - b.y0 || a.y1 - b.y1 || a.x0 - b.x0 || a.x1 - b.x1);
  const bundles: Bundle[] = [];
  let last: Ends | undefined;
  for (const message of sorted) {
    const open = bundles.at(-1);
    const joins = last !== undefined && last.y0 === message.y0 && last.y1 === message.y1 &&
      message.x0 - last.x0 <= NEAR.start && Math.abs(message.x1 - last.x1) <= NEAR.end;
    if (joins && open !== undefined) bundles[bundles.length - 1] = { ...open, count: open.count + 1 };
    else bundles.push({ ...message, count: 1 });
    last = message;
  }
  return bundles;
}

/** What a chapter's flag has room to say: its title, its number, or nothing. */
export type FlagText = 'title' | 'number' | null;

export interface Flag {
  index: number;
  x: number;
  /** Room for the text, up to the next flag that has one. */
  width: number;
  text: FlagText;
}

/** Room that texts of flags take, in pixels. */
export interface FlagRoom {
  /** The least in which a title says anything. */
  title: number;
  /** A digit of a number, and what stands around it. */
  digit: number;
  around: number;
}

/**
 * Where the chapter flags stand: each where its chapter does, whichever is the current one, so that none moves as the
 * run goes on. It has a title or a number in what room the chapter has; a number may go on over chapters that have none
 * for their own.
 */
export function flagsOf(
  chapters: readonly { at: number }[], x: (position: number) => number, width: number, room: FlagRoom,
): Flag[] {
  const numeral = (index: number): number => String(index + 1).length * room.digit + room.around;
  const ends = chapters.map((_, index) => (index + 1 < chapters.length ? x(chapters[index + 1]!.at) : width));
  /** Chapters before this one lie beneath the number of an earlier one. */
  let next = 0;
  return chapters.map(({ at }, index): Flag => {
    const from = x(at);
    if (index < next) return { index, x: from, width: 0, text: null };
    let end = ends[index]!;
    if (end - from >= room.title) return { index, x: from, width: end - from, text: 'title' };
    for (next = index + 1; end - from < numeral(index) && next < chapters.length; next++) {
      if (ends[next]! - end >= numeral(next)) break;
      end = ends[next]!;
    }
    if (end - from >= numeral(index)) return { index, x: from, width: end - from, text: 'number' };
    next = 0;
    return { index, x: from, width: ends[index]! - from, text: null };
  });
}
