import { ret, step } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { NETBACK, wakeSlot } from './state.ts';

/** Wakes the guest-rx thread of a queue, which then looks by itself what there is to do. */
export const xenvif_kick_thread = fn<{ queue: number }>(
  'xenvif_kick_thread',
  linux('dom0', NETBACK, 'xenvif_kick_thread', { line: 161 }),
  [
    step('wake_guest_rx', (c, l) => {
      c.set(wakeSlot(l.queue), true);
      c.note({ kind: 'thread-woken', thread: `vif5.0-q${l.queue}-guest-rx` });
    }),
    ret(),
  ],
);
