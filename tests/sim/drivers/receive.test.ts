import { describe, expect, it } from 'vitest';
import { GTF } from '../../../src/abi/grant-table.ts';
import { backQueueSlot, rxQueueSlot } from '../../../src/sim/drivers/netback/state.ts';
import { bufferGfn, frontQueueSlot } from '../../../src/sim/drivers/netfront/state.ts';
import { kthread_stop } from '../../../src/sim/kernel/kthread.ts';
import { DOMID, netdevSlot } from '../../../src/sim/kernel/kernel.ts';
import { deliveredSlot, droppedSlot } from '../../../src/sim/kernel/packets.ts';
import { Timeline, type Machine } from '../../../src/sim/index.ts';
import { naturalOrder } from '../../../src/sim/scenarios/cast.ts';
import { burstToGuest, sendToGuest } from '../../../src/sim/scenarios/acts/traffic.ts';
import { gfnToMfn } from '../../../src/sim/xen/domain.ts';
import { send as ringTheBell } from '../../../src/sim/xen/event-channel.ts';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import {
  connected, effectsOf, header, plantIndexes, pokeHeader, pokeSlot, run, slotWords,
} from '../datapath.ts';

const GUEST_RX = 'vif5.0-q0-guest-rx';

/** Takes an act by hand, and its thread as far as it goes. */
function send(machine: Machine): void {
  machine.spawn('you', sendToGuest.program, {});
  machine.execute(machine.threadNamed('you')!);
  const stack = machine.threadNamed('dom0 stack')!;
  while (machine.next(stack)) machine.execute(stack);
}

describe('a packet for the guest', () => {
  it('goes into the buffer of its slot, whose 8 bytes become the response', () => {
    const machine = connected([sendToGuest.id]);
    expect(slotWords(machine, 'rx', 0)).toEqual([0, 264]);
    const timeline = new Timeline(machine, naturalOrder);
    while (timeline.forward() && timeline.info(timeline.length - 1).op.key !== 'xenvif_rx_skb#write_response');
    // Id 0 and offset 0; no flags and 60 bytes. Nobody has been told, and nothing has been copied.
    expect(slotWords(machine, 'rx', 0)).toEqual([0, 60 << 16]);
    expect(header(machine, 'rx').rsp_prod).toBe(0);
    run(machine);
    expect(machine.load32(gfnToMfn(machine, DOMID.domU, bufferGfn(264))!, 0)).toBe(101);
    expect(machine.get(deliveredSlot('domU'))).toEqual([101]);
    // The slot has its next request by now.
    expect(slotWords(machine, 'rx', 256)).toEqual([0, 264]);
  });

  it('is followed by a new buffer, with a grant for writing, of which nobody is told', () => {
    const machine = connected([sendToGuest.id]);
    const decisions = effectsOf(run(machine), 'notify-decision').filter(({ kernel }) => kernel === 'domU');
    expect(decisions.map(({ old, new: now, event, notify }) => [old, now, event, notify])).toEqual([[256, 257, 1, false]]);
    const { frame, offset } = entryAddress(DOMID.domU, 264);
    expect(machine.load16(frame, offset)).toBe(GTF.permit_access);
    expect(header(machine, 'rx')).toEqual({ req_prod: 257, req_event: 1, rsp_prod: 1, rsp_event: 2 });
    const { gref_rx, rx_posted } = machine.get(frontQueueSlot(0))!;
    expect([gref_rx, rx_posted]).toEqual([[], [[265, 255], [264, 1]]]);
  });

  it('is dropped where the interface is not up', () => {
    const machine = connected([]);
    machine.spawn('you', sendToGuest.program, {});
    machine.execute(machine.threadNamed('you')!);
    machine.set(netdevSlot('vif5.0'), { ...machine.get(netdevSlot('vif5.0'))!, up: false });
    run(machine);
    expect(machine.get(droppedSlot('dom0'))).toEqual([101]);
  });
});

describe('two packets for the guest', () => {
  it('share a round: one hypercall, one push, one event, in the order of the slots', () => {
    const machine = connected([]);
    send(machine);
    send(machine);
    const taken = run(machine);
    const pushed = effectsOf(taken, 'notify-decision').filter(({ kernel }) => kernel === 'dom0');
    expect(pushed.map(({ old, new: now, event, notify }) => [old, now, event, notify])).toEqual([[0, 2, 1, true]]);
    expect(taken.filter(({ key }) => key === 'HYPERVISOR_grant_table_op#enter_copy')).toHaveLength(1);
    const read = effectsOf(taken, 'response-read').filter(({ ring }) => ring === 'rx');
    expect(read.map(({ index, id, status }) => [index, id, status])).toEqual([[0, 0, 60], [1, 1, 60]]);
    expect(effectsOf(taken, 'packet-delivered').map(({ number }) => number)).toEqual([101, 102]);
  });

  it('go through where the indexes wrap', () => {
    const machine = connected([burstToGuest.id]);
    plantIndexes(machine, 0xffffffff);
    const taken = run(machine);
    expect(effectsOf(taken, 'request-read').map(({ index }) => index)).toEqual([0xffffffff, 0]);
    expect(machine.get(deliveredSlot('domU'))).toEqual([101, 102]);
    expect(header(machine, 'rx').rsp_prod).toBe(1);
  });
});

describe('a guest without buffers', () => {
  /** As if it had been slow: every buffer but `left` is taken back. */
  function poor(left: number): Machine {
    const machine = connected([]);
    const back = machine.get(backQueueSlot(0))!;
    const used = 256 - left;
    const indexes = { ...back.rx!.indexes, req_cons: used, rsp_prod_pvt: used };
    machine.set(backQueueSlot(0), { ...back, rx: { ...back.rx!, indexes } });
    return machine;
  }

  it('makes netback ask for req_prod + 1, and its thread sleep with the packet', () => {
    const machine = poor(1);
    send(machine);
    send(machine);
    const thread = machine.threadNamed(GUEST_RX)!;
    while (machine.enabled(thread)) machine.execute(thread);
    expect(machine.get(rxQueueSlot(0))).toEqual([102]);
    expect(header(machine, 'rx').req_event).toBe(257);
  });

  it('gets the packet once it posts one and rings, and the interrupt is ended when the thread sleeps again', () => {
    const machine = poor(0);
    send(machine);
    const thread = machine.threadNamed(GUEST_RX)!;
    while (machine.enabled(thread)) machine.execute(thread);
    expect(machine.get(rxQueueSlot(0))).toEqual([101]);
    // The guest posts a buffer, and rings as req_event asks it to.
    pokeSlot(machine, 'rx', 256, [0, 264]);
    pokeHeader(machine, 'rx', 'req_prod', 257);
    const interrupts = machine.threadNamed('dom0 interrupts')!;
    ringTheBell(machine, DOMID.domU, machine.get(frontQueueSlot(0))!.rx_port!);
    while (machine.enabled(interrupts)) machine.execute(interrupts);
    const keys: string[] = [];
    while (machine.enabled(thread)) keys.push(machine.execute(thread).key);
    expect(machine.get(rxQueueSlot(0))).toBeUndefined();
    expect(keys.slice(-2)).toEqual(['xenvif_kthread_guest_rx#take_eoi_pending', 'xen_irq_lateeoi#unmask_port']);
  });
});

describe('the thread that moves packets', () => {
  it('ends when it is asked to, and throws away what waits', () => {
    const machine = connected([]);
    send(machine);
    machine.spawn('story', kthread_stop, { name: GUEST_RX });
    const asking = machine.threadNamed('story')!;
    machine.execute(asking);
    expect(machine.enabled(asking)).toBe(false);
    const thread = machine.threadNamed(GUEST_RX)!;
    while (machine.next(thread)) machine.execute(thread);
    expect(machine.enabled(asking)).toBe(true);
    expect(machine.get(droppedSlot('dom0'))).toEqual([101]);
    expect(machine.get(rxQueueSlot(0))).toBeUndefined();
  });
});
