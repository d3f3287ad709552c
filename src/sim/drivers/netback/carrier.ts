import { RING_HEADER } from '../../../abi/ring.ts';
import {
  assign,
  atomic,
  call,
  enter,
  goto,
  local,
  mark,
  ret,
  step,
  when,
  whilst,
} from '../../machine/dsl.ts';
import { fn, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { enable_irq, xen_irq_lateeoi } from '../../kernel/events.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { storeMapped } from '../../kernel/mapped-memory.ts';
import { enableNapi, napi_schedule } from '../../kernel/napi.ts';
import { advance } from '../../kernel/ring-macros.ts';
import { xenvif_poll, type EnableEvents } from './poll.ts';
import { backQueueSlot, eoiSlot, NETBACK, NETBACK_INTERFACE, NETDEV, vifSlot } from './state.ts';
import { txWork } from './tx-ring.ts';

export { setLink } from './link.ts';
export { xenvif_kthread_guest_rx } from './guest-rx.ts';

/** What a final check may lack, to see what it is there for. */
export type WithoutCheck = 'store' | 'barrier' | 'recheck';

type Enable = EnableEvents & { work?: number; owed?: boolean; port?: number };

/**
 * Makes a final check for requests, which decides whether NAPI runs: if nothing is there, it asks to be
 * woken, and looks once more. When a poll ends with it and really nothing is there, the interrupt that
 * started the poll is ended.
 * @param without what it lacks in a scenario with a bug
 */
export function makeEnableEvents(name: string, info: FnInfo, without?: WithoutCheck): Fn<EnableEvents> {
  return fn<Enable, void, EnableEvents>(name, info, [
    step('count_requests', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    when((l) => l.work! > 0, [goto('more_to_do')]),
    ...(without === 'store'
      ? []
      : [
          step<Enable, void>('store_req_event', (c, l) => {
            c.enter();
            const { ring, indexes } = c.get(backQueueSlot(l.queue))!.tx!;
            const event = advance(indexes.req_cons, 1);
            storeMapped(c, ring, RING_HEADER.req_event, event);
            c.leave();
            c.note({
              kind: 'event-asked',
              kernel: 'dom0',
              ring: 'tx',
              queue: l.queue,
              field: 'req_event',
              event,
            });
          }),
        ]),
    ...(without === 'barrier' ? [] : [local<Enable, void>('full_barrier', (c) => c.fence())]),
    ...(without === 'recheck'
      ? []
      : [
          step<Enable, void>('count_requests_again', (c, l) => {
            l.work = txWork(c, l.queue);
            c.note({ kind: 'final-check', kernel: 'dom0', ring: 'tx', queue: l.queue, found: l.work });
          }),
        ]),
    when((l) => l.work! > 0, [goto('more_to_do')]),
    when((l) => l.polled === true, [
      step('take_eoi_pending', (c, l) => {
        c.enter();
        l.owed = c.get(eoiSlot('tx', l.queue)) === true;
        if (l.owed) c.set(eoiSlot('tx', l.queue), undefined);
        l.port = c.get(backQueueSlot(l.queue))!.tx_port!;
        c.leave();
      }),
      when((l) => l.owed === true, [
        enter(
          () => xen_irq_lateeoi,
          (l) => ({ kernel: 'dom0' as const, port: l.port!, spurious: false }),
        ),
      ]),
    ]),
    ret(),
    mark('more_to_do'),
    call(
      'schedule_napi',
      () => napi_schedule,
      (l) => ({ kernel: 'dom0' as const, poll: xenvif_poll.name, queue: l.queue }),
    ),
    ret(),
  ]);
}

/**
 * Looks for requests once more after asking to be woken: the final check, which decides whether NAPI runs.
 */
export const xenvif_napi_schedule_or_enable_events = makeEnableEvents(
  'xenvif_napi_schedule_or_enable_events',
  linux('dom0', NETBACK, 'xenvif_napi_schedule_or_enable_events'),
);

type Up = { queues: number; i?: number; tx_port?: number; rx_port?: number };

/** Starts every queue: NAPI on, interrupts on, and a look at the TX ring in case something is there. */
export const xenvif_up = fn<Up, void, { queues: number }>(
  'xenvif_up',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_up'),
  [
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues, [
      step('napi_enable', (c, l) => {
        c.enter();
        enableNapi(c, { kernel: 'dom0', poll: xenvif_poll.name, queue: l.i! });
        const queue = c.get(backQueueSlot(l.i!))!;
        c.leave();
        l.tx_port = queue.tx_port!;
        l.rx_port = queue.rx_port!;
      }),
      call(
        'enable_tx_irq',
        () => enable_irq,
        (l) => ({ kernel: 'dom0' as const, port: l.tx_port! }),
      ),
      when((l) => l.rx_port !== l.tx_port, [
        call(
          'enable_rx_irq',
          () => enable_irq,
          (l) => ({ kernel: 'dom0' as const, port: l.rx_port! }),
        ),
      ]),
      call(
        'enable_events',
        () => xenvif_napi_schedule_or_enable_events,
        (l) => ({ queue: l.i! }),
      ),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

type CarrierOn = { queues: number; running?: boolean };

/**
 * Despite its name it switches no carrier on: it marks the interface connected, and starts it if the link is
 * up.
 */
export const xenvif_carrier_on = fn<CarrierOn, void, { queues: number }>(
  'xenvif_carrier_on',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_carrier_on', { line: 605 }),
  [
    lock('rtnl_lock', () => rtnl('dom0')),
    atomic('set_connected', 'the other fields are written by the guest-rx threads under the same lock', (c) =>
      c.set(vifSlot, { ...c.get(vifSlot)!, connected: true }),
    ),
    step('check_running', (c, l) => {
      l.running = c.get(netdevSlot(NETDEV))!.up;
    }),
    when((l) => l.running === true, [
      call(
        'start_queues',
        () => xenvif_up,
        (l) => ({ queues: l.queues }),
      ),
    ]),
    unlock('rtnl_unlock', () => rtnl('dom0')),
    ret(),
  ],
);
