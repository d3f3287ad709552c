import { assign, call, enter, privately, ret, step, when } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { xen_irq_lateeoi, type IrqCall } from '../../kernel/events.ts';
import { NAPI_POLL_WEIGHT, napi_complete_done, napi_schedule } from '../../kernel/napi.ts';
import { netbackOp } from './ops.ts';
import { eoiSlot, NETBACK_INTERFACE, vifSlot } from './state.ts';
import { txWork } from './tx-ring.ts';
import { xenvif_tx_action } from './tx.ts';

export type EnableEvents = { queue: number; polled?: boolean };

type Poll = { queue: number; disabled?: boolean; work?: number; op?: string };

/**
 * NAPI's poll of a queue: takes packets from the guest until there are none, then asks to be told of the
 * next.
 */
export const xenvif_poll = fn<Poll, number, { queue: number }>(
  'xenvif_poll',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_poll', { line: 103 }),
  [
    step('check_disabled', (c, l) => {
      const vif = c.get(vifSlot);
      l.disabled = vif?.disabled === true || vif?.connected !== true;
    }),
    when((l) => l.disabled === true, [
      call(
        'complete_disabled',
        () => napi_complete_done,
        (l) => ({ kernel: 'dom0' as const, poll: 'xenvif_poll', queue: l.queue }),
      ),
      ret(() => 0),
    ]),
    call(
      'tx_action',
      () => xenvif_tx_action,
      (l) => ({ queue: l.queue, budget: NAPI_POLL_WEIGHT }),
      (l, work) => {
        l.work = work;
        delete l.disabled;
      },
    ),
    when((l) => l.work! < NAPI_POLL_WEIGHT, [
      call(
        'complete',
        () => napi_complete_done,
        (l) => ({ kernel: 'dom0' as const, poll: 'xenvif_poll', queue: l.queue }),
      ),
      privately((c, l) => {
        l.op = netbackOp(c, 'enable_events');
      }),
      call(
        'enable_events',
        (l) => functionNamed<EnableEvents>(l.op!),
        (l) => ({ queue: l.queue, polled: true }),
      ),
    ]),
    ret((l) => l.work!),
  ],
);

type Interrupt = IrqCall & { work?: number };

/**
 * The frontend rang for TX. If there is something in the ring, NAPI is asked to take it, and will end the
 * interrupt when it has. Nothing new in the ring: the event was spurious, and the port is opened again.
 */
fn<Interrupt, void, IrqCall>(
  'xenvif_tx_interrupt',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_tx_interrupt', {
    line: 87,
    departs:
      '6.12 notes that an EOI is owed before it looks at the ring, and takes that back if nothing is there',
  }),
  [
    step('count_requests', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    when((l) => l.work! > 0, [
      step('set_eoi_pending', (c, l) => c.set(eoiSlot('tx', l.queue), true)),
      call(
        'schedule_napi',
        () => napi_schedule,
        (l) => ({ kernel: l.kernel, poll: 'xenvif_poll', queue: l.queue }),
      ),
      ret(),
    ]),
    assign((l) => {
      delete l.work;
    }),
    enter(
      () => xen_irq_lateeoi,
      (l) => ({ kernel: l.kernel, port: l.port, spurious: true }),
    ),
    ret(),
  ],
);
