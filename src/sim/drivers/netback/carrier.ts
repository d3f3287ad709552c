import { assign, atomic, call, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { enable_irq } from '../../kernel/events.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { enableNapi } from '../../kernel/napi.ts';
import { xenvif_napi_schedule_or_enable_events } from './final-check.ts';
import { xenvif_poll } from './poll.ts';
import { backQueueSlot, NETBACK_INTERFACE, NETDEV, vifSlot } from './state.ts';

type Up = { queues: number; i?: number; tx_port?: number; rx_port?: number };

/** Starts every queue: NAPI on, interrupts on, and a look at the TX ring in case something is there. */
export const xenvif_up = fn<Up, void, { queues: number }>(
  'xenvif_up',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_up', { line: 304 }),
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
