import { assign, call, goto, mark, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { record, writePacket } from '../../kernel/packets.ts';
import { xenvif_kick_thread } from './kick.ts';
import { NETBACK_INTERFACE, NETDEV, packetGfn, readerSlot, rxQueueSlot, vifSlot } from './state.ts';

type ToGuest = { queue: number; packet: number };
type Xmit = ToGuest & { schedulable?: boolean };

/** A packet for the guest: it only goes into a queue. The thread of that queue moves it. */
const xenvif_start_xmit = fn<Xmit, void, ToGuest>('xenvif_start_xmit', linux('dom0', NETBACK_INTERFACE, 'xenvif_start_xmit', {
  line: 205,
}), [
  step('check_schedulable', (c, l) => {
    c.enter();
    const vif = c.get(vifSlot);
    const up = c.get(netdevSlot(NETDEV))?.up === true;
    l.schedulable = up && vif?.connected === true && vif.disabled !== true && l.queue < vif.num_queues;
    c.set(readerSlot, true);
    c.leave();
  }),
  when((l) => !l.schedulable, [goto('drop')]),
  step('queue_packet', (c, l) => {
    c.enter();
    c.set(rxQueueSlot(l.queue), [...(c.get(rxQueueSlot(l.queue)) ?? []), l.packet]);
    c.leave();
    c.note({ kind: 'packet-queued', kernel: 'dom0', queue: l.queue, number: l.packet });
  }),
  call('kick_thread', () => xenvif_kick_thread, (l) => ({ queue: l.queue })),
  goto('done'),
  mark('drop'),
  step('drop_packet', (c, l) => record(c, 'dropped', 'dom0', l.packet)),
  mark('done'),
  privately((c) => c.set(readerSlot, undefined)),
  ret(),
]);

type Send = { queue: number; packets: readonly number[] };

/** What dom0's network stack does with packets that the bridge sends to the guest. */
export const send_to_guest = fn<Send>(
  'dev_queue_xmit (dom0)',
  linux('dom0', 'include/linux/netdevice.h', 'dev_queue_xmit', { line: 3150, shown: 'dev_queue_xmit' }),
  [
    whilst((l) => l.packets.length > 0, [
      step('build_packet_for_guest', (c, l) => writePacket(c, 'dom0', packetGfn(l.packets[0]!), l.packets[0]!)),
      call('start_xmit_of_netback', () => xenvif_start_xmit, (l) => ({ queue: l.queue, packet: l.packets[0]! })),
      assign((l) => {
        l.packets = l.packets.slice(1);
      }),
    ]),
    ret(),
  ],
);
