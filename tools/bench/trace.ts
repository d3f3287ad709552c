import type { Page } from '@playwright/test';
import { MARK } from './driver.ts';

/** One event of Chromium's trace format; times in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
}

/** A stretch of time on the page's main thread, in milliseconds. */
export interface Span {
  readonly begin: number;
  readonly ms: number;
}

/** The main thread of a page while something was measured. */
export interface MainThread {
  /** Tasks of the event loop: script, style, layout, paint and all. */
  readonly tasks: readonly Span[];
  /** Script, outermost calls only: handlers, microtasks, timers; what they make the browser lay out at once is within. */
  readonly script: readonly Span[];
  /** From each begin mark of the driver to the end mark after it. */
  readonly marked: readonly { begin: number; end: number }[];
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', 'v8.execute'];
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;
const SCRIPT = /^(FunctionCall|RunMicrotasks|EventDispatch|TimerFire|FireAnimationFrame|HandlePostMessage)$/;

/** Records what the page's main thread does during `action`, which must leave marks of the driver. */
export async function traced(page: Page, action: () => Promise<void>): Promise<MainThread> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser of its own to trace');
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return readTrace(traceEvents);
}

function readTrace(events: readonly TraceEvent[]): MainThread {
  const mark = events.find(({ name }) => name === `${MARK}-begin`);
  if (mark === undefined) throw new Error('the trace holds no mark of the driver');
  const here = events.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid).sort((a, b) => a.ts - b.ts);
  const marked: { begin: number; end: number }[] = [];
  let begin = 0;
  for (const { name, ts } of here) {
    if (name === `${MARK}-begin`) begin = ts / 1000;
    if (name === `${MARK}-end`) marked.push({ begin, end: ts / 1000 });
  }
  return { tasks: outermost(here, TASK), script: outermost(here, SCRIPT), marked };
}

/** Complete events by that name that lie in no other one. `events` by time. */
function outermost(events: readonly TraceEvent[], names: RegExp): Span[] {
  const spans: Span[] = [];
  let end = -Infinity;
  for (const { name, ph, ts, dur = 0 } of events) {
    if (ph !== 'X' || !names.test(name) || ts < end) continue;
    end = ts + dur;
    spans.push({ begin: ts / 1000, ms: dur / 1000 });
  }
  return spans;
}

/** Milliseconds of those spans that begin within each marked stretch. */
export function perMark(spans: readonly Span[], marked: MainThread['marked']): number[] {
  return marked.map(({ begin, end }) =>
    spans.filter((span) => span.begin >= begin && span.begin < end).reduce((sum, { ms }) => sum + ms, 0),
  );
}
