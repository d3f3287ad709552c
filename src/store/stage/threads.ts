import { numbersPadded } from '../../base/natural.ts';
import { doingWords as t } from '../../content/doings.ts';
import { fill } from '../../content/words.ts';
import type { PartyId, RunningView, ThreadView } from '../view.ts';
import type { Now } from './now.ts';

const PREFIX = 'thread:';
/** The order of a kernel's threads; those of the queues come last. */
const ORDER = ['xenwatch', 'xenbus', 'interrupts', 'softirq', 'stack', 'userspace'];

/** What a thread waits for, by the function and label at which it sleeps. */
const WAITS: Readonly<Record<string, string>> = t.for;

/** No kernel's threads: the person, the scenario's story, time, and what stands for a CPU's store buffer. */
const APART = /^(you|story|time)$|store buffer$/;

/** Every thread of a kernel or the toolstack that has started. */
export function threadsView(now: Now): readonly ThreadView[] {
  const threads: (readonly [place: string, name: string])[] = [];
  for (const slot of now.slotNames()) {
    if (!slot.startsWith(PREFIX)) continue;
    const name = slot.slice(PREFIX.length);
    // With its name behind it, none has the place of another.
    if (!APART.test(name)) threads.push([placeOf(shortOf(name)) + name, name]);
  }
  return threads.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => threadView(now, name));
}

/** The line that the current step ran; a step from outside of the machine runs none. */
export function runningView({ step }: Now): RunningView | null {
  const at = step?.stack.at(-1);
  if (step === null || at === undefined || APART.test(step.thread)) return null;
  return { party: partyOf(step.thread), fn: at.shown, line: at.label };
}

function threadView(now: Now, name: string): ThreadView {
  const running = now.step?.thread === name;
  const party = partyOf(name);
  return { name: shortOf(name), party, doing: doingOf(now, name, running), running };
}

function partyOf(thread: string): PartyId {
  if (thread === 'toolstack') return 'toolstack';
  return thread.startsWith('domU') ? 'domU' : 'dom0';
}

function doingOf(now: Now, name: string, running: boolean): string {
  const stack = now.get(`${PREFIX}${name}`);
  const ran = now.step?.stack.at(-1)?.shown;
  if (running && ran !== undefined) return ran;
  if (stack === undefined || stack === 'finished') return t.finished;
  const { fn, shown, label } = stack.at(-1)!;
  if (now.ready.has(name)) return shown;
  return fill(t.waits, { what: WAITS[`${fn}#${label}`] ?? label.replaceAll('_', ' ').replace(/^wait for /, '') });
}

/** Its kernel's threads stand apart from another's. */
function shortOf(thread: string): string {
  return thread.replace(/^dom[U0] /, '');
}

/** What comes first has the lesser one. */
function placeOf(name: string): string {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length + numbersPadded(name) : `${place}`;
}
