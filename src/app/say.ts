/** What is said to screen readers: a step, and where playing stopped. Pure. */
import { saidWords as t } from '../content/said.ts';
import { storyWords } from '../content/story.ts';
import { fill, words } from '../content/words.ts';
import { describeChange, isBookkeeping, slotName } from '../parts/describe.ts';
import type { Layout } from '../parts/frame-names.ts';
import type { Breakpoint, StepView, Stop } from '../store/store.ts';

/** Changes that are said; the others are counted. */
const CHANGES = 2;

/** A step: who, where in the code, in which of several `turn`s of it, what it is, and what it changed. */
export function sayStep(
  step: StepView, title: string, layout: Layout, turn: { n: number; count: number } | null = null,
): string {
  const { thread, n, changes, changed } = step;
  const apart = thread === 'you' || thread === 'story' || thread === 'time';
  const who = apart ? words.acts[thread] : thread;
  const called = step.stack.at(-1)?.shown ?? '';
  const shown = turn === null ? called : `${called}, ${fill(storyWords.turn, turn)}`;
  const line = fill(apart ? t.apart : t.step, { n: n + 1, thread: who, shown, title });
  const real = changes.filter((change) => !isBookkeeping(change));
  const said = real.slice(0, CHANGES).map((change) => describeChange(change, layout));
  if (said.length === 0) return line;
  const more = changed - (changes.length - real.length) - said.length;
  const parts = said.map((one, index) => fill(index === 0 ? t.changed : t.also, { ...one }));
  return `${line} ${parts.join('')}${more > 0 ? fill(t.more, { count: more }) : ''}.`;
}

/** Where the run stopped and why: a breakpoint by its name, the end, or because somebody paused it. */
export function sayStop(
  position: number, length: number, stop: Stop | null, breakpoints: readonly Breakpoint[],
): string {
  if (stop !== null) {
    const wanted = JSON.stringify(stop);
    const why = breakpoints.find((one) => JSON.stringify(one.stop) === wanted)?.name ?? stopText(stop);
    return fill(t.stopped, { n: position, why });
  }
  return fill(position === length ? t.end : t.paused, { n: position });
}

/** A stop that no breakpoint names: one that somebody ran to. */
function stopText(stop: Stop): string {
  if (stop.kind === 'line') return stop.key.startsWith('you#') ? words.acts.act : stop.key.replace('#', ': ');
  if (stop.kind === 'function') return stop.fn === 'you' ? words.acts.act : stop.fn;
  const { cell } = stop;
  const what = cell.cell === 'slot' ? slotName(cell.name) : t.bytes;
  return fill(t[stop.kind], { what });
}
