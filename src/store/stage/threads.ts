import { byNumbers } from '../../base/natural.ts';
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
  const names: string[] = [];
  for (const slot of now.slotNames()) {
    const name = slot.startsWith(PREFIX) ? slot.slice(PREFIX.length) : 'you';
    if (!APART.test(name)) names.push(name);
  }
  return names.map((name) => threadView(now, name)).sort(byPlace);
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
  return { name: name.replace(/^dom[U0] /, ''), party, doing: doingOf(now, name, running), running };
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

function placeOf({ name }: ThreadView): number {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}

function byPlace(a: ThreadView, b: ThreadView): number {
  return placeOf(a) - placeOf(b) || byNumbers(a.name, b.name);
}
