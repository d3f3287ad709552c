import { assign, atomic, call, enter, local, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { xen_irq_lateeoi, type IrqCall } from '../../kernel/events.ts';
import { printk } from '../../kernel/kernel.ts';
import { kthreadExit, kthreadShouldStop } from '../../kernel/kthread.ts';
import { xenvif_kick_thread } from './kick.ts';
import { setLink, xenvif_carrier_off } from './link.ts';
import { netbackOp } from './ops.ts';
import { purgeQueue } from './purge.ts';
import { RX_BATCH_SIZE, xenvif_rx_action } from './rx.ts';
import {
  backQueueSlot,
  eoiSlot,
  guestRxThread,
  LOG_PREFIX,
  NETBACK_INTERFACE,
  NETBACK_RX,
  updateQueue,
  vifSlot,
  wakeSlot,
} from './state.ts';

type Ready = { queue: number; left?: number };

/** A queue can take packets for the guest. When the last one can, the interface gets its carrier. */
const xenvif_queue_carrier_on = fn<Ready, void, { queue: number }>(
  'xenvif_queue_carrier_on',
  linux('dom0', NETBACK_RX, 'xenvif_queue_carrier_on', { line: 610 }),
  [
    atomic('clear_stalled', 'the spin lock of the vif is held', (c, l) => {
      updateQueue(c, l.queue, { stalled: false });
      const vif = c.get(vifSlot)!;
      l.left = vif.stalled_queues - 1;
      c.set(vifSlot, { ...vif, stalled_queues: l.left });
    }),
    when((l) => l.left === 0, [
      step('netif_carrier_on', (c) => {
        printk(c, 'dom0', `${LOG_PREFIX} Guest Rx ready`);
        setLink(c, { carrier: true });
      }),
    ]),
    ret(),
  ],
);

type GuestRx = { queue: number; stop?: boolean; done?: number; owed?: boolean; port?: number };

/**
 * One thread a queue moves packets to the guest. With nothing waiting, no slot is needed, so it is ready at
 * once. It ends the interrupts of its port only when it is about to sleep.
 */
export const xenvif_kthread_guest_rx = fn<GuestRx, void, { queue: number }>(
  'xenvif_kthread_guest_rx',
  linux('dom0', NETBACK_RX, 'xenvif_kthread_guest_rx', { line: 626 }),
  [
    local('queue_ready', () => {}),
    call(
      'queue_carrier_on',
      () => xenvif_queue_carrier_on,
      (l) => ({ queue: l.queue }),
    ),
    assign((l) => {
      l.stop = false;
    }),
    whilst((l) => !l.stop, [
      step('wait_for_rx_work', (c, l) => c.set(wakeSlot(l.queue), undefined), {
        ready: (c, l) => c.get(wakeSlot(l.queue)) === true || kthreadShouldStop(c, guestRxThread(l.queue)),
        idle: true,
      }),
      step('check_should_stop', (c, l) => {
        l.stop = kthreadShouldStop(c, guestRxThread(l.queue));
      }),
      when((l) => !l.stop && l.queue === 0, [
        step('check_disabled', (c, l) => {
          l.stop = c.get(vifSlot)!.disabled === true;
        }),
        when((l) => l.stop === true, [
          call(
            'carrier_off',
            () => xenvif_carrier_off,
            () => ({}),
          ),
        ]),
      ]),
      when((l) => !l.stop, [
        assign((l) => {
          l.done = RX_BATCH_SIZE;
        }),
        whilst((l) => l.done === RX_BATCH_SIZE, [
          call(
            'rx_action',
            () => xenvif_rx_action,
            (l) => ({ queue: l.queue }),
            (l, done) => {
              l.done = done;
            },
          ),
        ]),
        step('take_eoi_pending', (c, l) => {
          c.enter();
          l.owed = c.get(eoiSlot('rx', l.queue)) === true;
          if (l.owed) c.set(eoiSlot('rx', l.queue), undefined);
          l.port = c.get(backQueueSlot(l.queue))!.rx_port!;
          c.leave();
          delete l.done;
        }),
        when((l) => l.owed === true, [
          enter(
            () => xen_irq_lateeoi,
            (l) => ({ kernel: 'dom0' as const, port: l.port!, spurious: false }),
          ),
        ]),
        assign((l) => {
          delete l.owed;
          delete l.port;
        }),
      ]),
    ]),
    step('purge_queue', (c, l) => purgeQueue(c, l.queue)),
    step('exit_thread', (c, l) => kthreadExit(c, guestRxThread(l.queue))),
    ret(),
  ],
);

type Interrupt = IrqCall & { work?: boolean; op?: string };

/**
 * The frontend posted RX buffers, and asked for it to be known. Without a packet that waits for them, there
 * is nothing to do.
 */
fn<Interrupt, void, IrqCall>('xenvif_rx_interrupt', linux('dom0', NETBACK_INTERFACE, 'xenvif_rx_interrupt', {
  line: 142,
}), [
  privately((c, l) => {
    l.op = netbackOp(c, 'slots_available');
  }),
  enter(
    (l) => functionNamed<{ queue: number }, boolean>(l.op!),
    (l) => ({ queue: l.queue }),
    (l, work) => {
      l.work = work;
      delete l.op;
    },
  ),
  when((l) => l.work === true, [
    step('set_eoi_pending', (c, l) => c.set(eoiSlot('rx', l.queue), true)),
    call(
      'kick_thread',
      () => xenvif_kick_thread,
      (l) => ({ queue: l.queue }),
    ),
    ret(),
  ]),
  local('no_packet_waits', () => {}),
  assign((l) => {
    delete l.work;
  }),
  enter(
    () => xen_irq_lateeoi,
    (l) => ({ kernel: l.kernel, port: l.port, spurious: true }),
  ),
  ret(),
]);
