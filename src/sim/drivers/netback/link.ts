import type { Context } from '../../machine/context.ts';
import { assign, atomic, call, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { disable_irq } from '../../kernel/events.ts';
import { netdevSlot, type Netdev } from '../../kernel/kernel.ts';
import { napi_disable } from '../../kernel/napi.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { backQueueSlot, NETBACK_INTERFACE, NETDEV, vifSlot } from './state.ts';

/** Changes flags of the interface, if it is there: one access. */
export function setLink(c: Context, change: Partial<Netdev>): void {
  c.enter();
  const netdev = c.get(netdevSlot(NETDEV));
  if (netdev) c.set(netdevSlot(NETDEV), { ...netdev, ...change });
  c.leave();
}

type Down = { queues: number; i?: number; tx_port?: number; rx_port?: number };

/** Stops every queue: interrupts off, NAPI off. */
const xenvif_down = fn<Down, void, { queues: number }>(
  'xenvif_down',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_down', { line: 320 }),
  [
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues, [
      step('find_irqs', (c, l) => {
        const queue = c.get(backQueueSlot(l.i!))!;
        l.tx_port = queue.tx_port!;
        l.rx_port = queue.rx_port!;
      }),
      call('disable_tx', () => disable_irq, (l) => ({ kernel: 'dom0' as const, port: l.tx_port! })),
      when((l) => l.rx_port !== l.tx_port, [
        call('disable_rx', () => disable_irq, (l) => ({ kernel: 'dom0' as const, port: l.rx_port! })),
      ]),
      call('napi_disable', () => napi_disable, (l) => ({ kernel: 'dom0' as const, poll: 'xenvif_poll', queue: l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

type CarrierOff = { queues?: number; connected?: boolean; running?: boolean };

/** Not connected any more: no carrier, and nothing runs that would look at the rings. */
export const xenvif_carrier_off = fn<CarrierOff, void, object>(
  'xenvif_carrier_off',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_carrier_off', { line: 789 }),
  [
    lock('rtnl_lock', () => rtnl('dom0')),
    atomic('clear_connected', 'one locked bit operation', (c, l) => {
      const vif = c.get(vifSlot)!;
      l.connected = vif.connected;
      l.queues = vif.num_queues;
      c.set(vifSlot, { ...vif, connected: false });
    }),
    when((l) => l.connected === true, [
      step('netif_carrier_off', (c) => setLink(c, { carrier: false })),
      step('check_running', (c, l) => {
        l.running = c.get(netdevSlot(NETDEV))?.up ?? false;
      }),
      when((l) => l.running === true, [call('stop_queues', () => xenvif_down, (l) => ({ queues: l.queues! }))]),
    ]),
    unlock('rtnl_unlock', () => rtnl('dom0')),
    ret(),
  ],
);
