import type { Context } from '../machine/context.ts';
import { ret, step } from '../machine/dsl.ts';
import { fn, type Fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';

/** A kernel thread that can be asked to end: absent before it was made and after it has ended. */
function kthreadSlot(name: string) {
  return slot<'runs' | 'is to stop'>(`kthread:${name}`);
}

/** Makes and wakes a kernel thread: one access. */
export function kthreadRun<A>(c: Context, name: string, body: Fn<A>, args: A): void {
  c.enter();
  c.set(kthreadSlot(name), 'runs');
  c.spawn(name, body, args);
  c.leave();
  c.note({ kind: 'spawn', thread: name });
}

/** Has somebody asked the thread to end? One access. */
export function kthreadShouldStop(c: Context, name: string): boolean {
  return c.get(kthreadSlot(name)) === 'is to stop';
}

/** The last thing that a kernel thread does: whoever asked it to end learns that it has. One access. */
export function kthreadExit(c: Context, name: string): void {
  c.set(kthreadSlot(name), undefined);
}

/** Asks a kernel thread to end, and sleeps until it has. */
export const kthread_stop = fn<{ name: string }>('kthread_stop', linux('either', 'kernel/kthread.c', 'kthread_stop', {
  line: 699,
}), [
  step('set_should_stop', (c, l) => {
    c.enter();
    if (c.get(kthreadSlot(l.name)) !== undefined) c.set(kthreadSlot(l.name), 'is to stop');
    c.leave();
  }),
  step('wait_for_exit', () => {}, { ready: (c, l) => c.get(kthreadSlot(l.name)) === undefined }),
  ret(),
]);
