import type { Context } from '../machine/context.ts';
import { assign, enter, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed, type Fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';

/** Something that happens when time has passed. */
type Timer = {
  readonly name: string;
  /** Milliseconds from now. */
  readonly due: number;
  /** Unique name of the function that runs then, without arguments; empty where somebody only waits for it. */
  readonly callback: string;
};

/** Timers that run, the next one first. Lists of timers are locked: to start or stop one is no access of its own. */
const timersSlot = slot<readonly Timer[]>('timers', { guarded: true });

/** Timers without a callback that have run out, by name. */
function ranOutSlot(name: string) {
  return slot<true>(`timer:${name}`, { guarded: true });
}

/** Starts a timer anew. */
export function armTimer(c: Context, name: string, ms: number, callback?: Fn<object>): void {
  const others = (c.get(timersSlot) ?? []).filter((timer) => timer.name !== name);
  const timer: Timer = { name, due: ms, callback: callback?.name ?? '' };
  const at = others.findIndex(({ due }) => due > ms);
  c.set(timersSlot, at < 0 ? [...others, timer] : [...others.slice(0, at), timer, ...others.slice(at)]);
}

/** Stops a timer, whether or not it has run out. */
export function cancelTimer(c: Context, name: string): void {
  const others = (c.get(timersSlot) ?? []).filter((timer) => timer.name !== name);
  c.set(timersSlot, others.length > 0 ? others : undefined);
  c.set(ranOutSlot(name), undefined);
}

/** Has that time passed, with nobody having stopped the timer? */
export function ranOut(c: Context, name: string): boolean {
  return c.get(ranOutSlot(name)) === true;
}

/** Does that timer run? */
export function isArmed(c: Context, name: string): boolean {
  return (c.get(timersSlot) ?? []).some((timer) => timer.name === name);
}

/** The timer that runs out next. Not one whose callback could not begin: it would find all as it was, and no run would end. */
function nextTimer(c: Context): Timer | undefined {
  return c.get(timersSlot)?.find(({ callback }) => callback === '' || functionNamed<object>(callback).code[0]!.node.ready?.(c, {}) !== false);
}

/**
 * Time passes only when everybody waits: the next timer runs out. This is what makes "10 seconds" mean something in a world
 * without a clock.
 */
export const time_passes = fn<{ callback?: string }>(
  'time passes',
  {
    cite: { project: 'RingScope', version: '', path: 'src/sim/kernel/timers.ts', symbol: 'time_passes' },
    departs: 'no code of a kernel: timers run out in their order, and only when nobody can do anything else',
  },
  [
    whilst(() => true, [
      step(
        'next_timer',
        (c, l) => {
          c.enter();
          const next = nextTimer(c)!;
          const left = c.get(timersSlot)!.filter((timer) => timer !== next).map((timer) => ({ ...timer, due: Math.max(0, timer.due - next.due) }));
          c.leave();
          c.set(timersSlot, left.length > 0 ? left : undefined);
          if (next.callback === '') c.set(ranOutSlot(next.name), true);
          else l.callback = next.callback;
          c.note({ kind: 'time', timer: next.name, ms: next.due });
        },
        { ready: (c) => nextTimer(c) !== undefined, idle: true },
      ),
      when((l) => l.callback !== undefined, [
        enter((l) => functionNamed<object>(l.callback!), () => ({})),
        assign((l) => {
          delete l.callback;
        }),
      ]),
    ]),
    ret(),
  ],
);
