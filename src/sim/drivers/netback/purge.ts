import { record } from '../../kernel/packets.ts';
import type { Context } from '../../machine/context.ts';
import { rxQueueSlot } from './state.ts';

/** Throws away what still waits for the guest in a queue: one access. */
export function purgeQueue(c: Context, queue: number): void {
  c.enter();
  const waiting = c.get(rxQueueSlot(queue)) ?? [];
  c.set(rxQueueSlot(queue), undefined);
  for (const number of waiting) record(c, 'dropped', 'dom0', number);
  c.leave();
}
