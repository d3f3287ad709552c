import type { Page } from '@playwright/test';
import { MARK } from './driver.ts';

/** One event of Chromium's trace format; times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Time that the thread ran, of `dur`. */
  tdur?: number;
  args?: unknown;
}

/** A stretch of work on the page's main thread, in milliseconds. */
export interface Span {
  readonly begin: number;
  /** Time that the thread ran: what other programs take from it is not the page's. */
  readonly cpu: number;
  /** Time that passed. */
  readonly wall: number;
}

/** The main thread of a page while something was measured. */
export interface MainThread {
  /** Tasks of the event loop: script, style, layout, paint and all. */
  readonly tasks: readonly Span[];
  /** Script, outermost calls only: handlers, microtasks, timers. */
  readonly script: readonly Span[];
  /** Style and layout that script made the browser do at once: part of `script`. */
  readonly forced: readonly Span[];
  /** From each begin mark of the driver to the end mark after it. */
  readonly marked: readonly { begin: number; end: number }[];
}

/** What the main thread does, and the marks of the driver. */
const MAIN_THREAD = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;
const SCRIPT = /^(FunctionCall|RunMicrotasks|EventDispatch|TimerFire|FireAnimationFrame|HandlePostMessage)$/;
const LAYOUT = /^(UpdateLayoutTree|Layout)$/;

/** What Chromium writes down in these categories during `action`. */
export async function record(page: Page, categories: string[], action: () => Promise<void>): Promise<TraceEvent[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser of its own to trace');
  await browser.startTracing(page, { categories });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return traceEvents;
}

/** Records what the page's main thread does during `action`, which must leave marks of the driver. */
export async function traced(page: Page, action: () => Promise<void>): Promise<MainThread> {
  return readTrace(await record(page, MAIN_THREAD, action));
}

/** The main thread that the driver's marks are of. @throws if there is none */
export function readTrace(events: readonly TraceEvent[]): MainThread {
  const mark = events.find(({ name }) => name === `${MARK}-begin`);
  if (mark === undefined) throw new Error('the trace holds no mark of the driver');
  const here = events.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid).sort((a, b) => a.ts - b.ts);
  const script = outermost(here, SCRIPT);
  return {
    tasks: outermost(here, TASK),
    script,
    forced: within(script, outermost(here, LAYOUT)),
    marked: stretchesOf(here),
  };
}

/** From each begin mark of the driver to the end mark after it, in milliseconds. */
export function stretchesOf(events: readonly TraceEvent[]): MainThread['marked'] {
  const marked: { begin: number; end: number }[] = [];
  let begin = 0;
  for (const { name, ts } of [...events].sort((a, b) => a.ts - b.ts)) {
    if (name === `${MARK}-begin`) begin = ts / 1000;
    if (name === `${MARK}-end`) marked.push({ begin, end: ts / 1000 });
  }
  return marked;
}

/** Complete events by that name that lie in no other one. `events` by time. */
function outermost(events: readonly TraceEvent[], names: RegExp): Span[] {
  const spans: Span[] = [];
  let end = -Infinity;
  for (const { name, ph, ts, dur = 0, tdur = dur } of events) {
    if (ph !== 'X' || !names.test(name) || ts < end) continue;
    end = ts + dur;
    spans.push({ begin: ts / 1000, cpu: tdur / 1000, wall: dur / 1000 });
  }
  return spans;
}

/** The spans that begin in one of `around`. Both by time. */
function within(around: readonly Span[], spans: readonly Span[]): Span[] {
  let at = 0;
  return spans.filter(({ begin }) => {
    while (at < around.length && around[at]!.begin + around[at]!.wall < begin) at++;
    return at < around.length && around[at]!.begin <= begin;
  });
}

/** The spans that begin within each marked stretch, summed up. */
export function perMark(spans: readonly Span[], marked: MainThread['marked']): Span[] {
  return marked.map(({ begin, end }) => {
    const within = spans.filter((span) => span.begin >= begin && span.begin < end);
    const sum = (of: 'cpu' | 'wall'): number => within.reduce((total, span) => total + span[of], 0);
    return { begin, cpu: sum('cpu'), wall: sum('wall') };
  });
}
