import { describe, expect, it } from 'vitest';
import { GTF } from '../../../src/abi/grant-table.ts';
import { frontQueueSlot, packetGfn } from '../../../src/sim/drivers/netfront/state.ts';
import { DOMID } from '../../../src/sim/kernel/kernel.ts';
import { deliveredSlot, droppedSlot, sentSlot } from '../../../src/sim/kernel/packets.ts';
import { netdevSlot } from '../../../src/sim/kernel/kernel.ts';
import { Timeline } from '../../../src/sim/index.ts';
import { naturalOrder } from '../../../src/sim/scenarios/cast.ts';
import { burstFromGuest, sendFromGuest } from '../../../src/sim/scenarios/acts/traffic.ts';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import { connected, effectsOf, header, plantIndexes, run, slotWords } from '../datapath.ts';

const ONE_PACKET = [sendFromGuest.id];
const BURST = [burstFromGuest.id];

describe('a packet from the guest', () => {
  it('is a request of 12 bytes whose first 4 become the response', () => {
    const machine = connected(ONE_PACKET);
    const timeline = new Timeline(machine, naturalOrder);
    const until = (key: string) => {
      while (timeline.forward() && timeline.info(timeline.length - 1).op.key !== key);
    };
    until('xennet_tx_setup_grant#fill_request');
    // Reference 8, offset 0 and no flags, id 0 and 60 bytes.
    expect(slotWords(machine, 'tx', 0)).toEqual([8, 0, 60 << 16]);
    expect(header(machine, 'tx').req_prod).toBe(0);
    const { frame, offset } = entryAddress(DOMID.domU, 8);
    expect(machine.load32(frame, offset)).toBe(GTF.permit_access | GTF.readonly);
    expect(machine.load32(frame, offset + 4)).toBe(packetGfn(1));
    until('make_tx_response#write_response');
    expect(slotWords(machine, 'tx', 0)).toEqual([0, 0, 60 << 16]);
    expect(header(machine, 'tx').rsp_prod).toBe(0);
  });

  it('arrives once, and leaves ids, references and grant as they were', () => {
    const machine = connected(ONE_PACKET);
    const before = machine.get(frontQueueSlot(0))!;
    run(machine);
    expect(machine.get(sentSlot('domU'))).toEqual([1]);
    expect(machine.get(deliveredSlot('dom0'))).toEqual([1]);
    const after = machine.get(frontQueueSlot(0))!;
    expect(after.gref_tx).toEqual(before.gref_tx);
    expect(after.tx_inflight).toBeUndefined();
    const { frame, offset } = entryAddress(DOMID.domU, 8);
    expect(machine.load16(frame, offset)).toBe(0);
    expect(header(machine, 'tx')).toEqual({ req_prod: 1, req_event: 2, rsp_prod: 1, rsp_event: 2 });
  });

  it('is dropped without a carrier', () => {
    const machine = connected(ONE_PACKET);
    const timeline = new Timeline(machine, naturalOrder);
    timeline.forward();
    machine.set(netdevSlot('eth0'), { ...machine.get(netdevSlot('eth0'))!, carrier: false });
    run(machine);
    expect(machine.get(droppedSlot('domU'))).toEqual([1]);
    expect(machine.get(deliveredSlot('dom0'))).toBeUndefined();
    expect(header(machine, 'tx').req_prod).toBe(0);
  });
});

describe('two packets from the guest', () => {
  it('tell the backend once, and are taken in one poll with one hypercall', () => {
    const taken = run(connected(BURST));
    const decisions = effectsOf(taken, 'notify-decision').filter(({ kernel }) => kernel === 'domU');
    expect(decisions.map(({ old, new: now, event, notify }) => [old, now, event, notify])).toEqual([
      [0, 1, 1, true],
      [1, 2, 1, false],
    ]);
    const counts = (key: string) => taken.filter((step) => step.key === key).length;
    expect(counts('xenvif_poll#check_disabled')).toBe(1);
    expect(counts('HYPERVISOR_grant_table_op#enter_copy')).toBe(1);
    expect(counts('gnttab_copy_one#copy_one')).toBe(2);
  });

  it('open the port of the backend only when the ring is empty and the next event asked for', () => {
    const taken = run(connected(BURST));
    const keys = taken.filter(({ thread }) => thread.startsWith('dom0')).map(({ key }) => key);
    expect(keys.slice(-3)).toEqual([
      'xenvif_napi_schedule_or_enable_events#count_requests_again',
      'xenvif_napi_schedule_or_enable_events#take_eoi_pending',
      'xen_irq_lateeoi#unmask_port',
    ]);
    expect(keys.filter((key) => key === 'xen_irq_lateeoi#unmask_port')).toHaveLength(1);
    const eoi = effectsOf(taken, 'eoi').filter(({ kernel }) => kernel === 'dom0');
    expect(eoi.map(({ spurious }) => spurious)).toEqual([false]);
  });

  it('have ids and references of their own while they are out', () => {
    const slots = effectsOf(run(connected(BURST)), 'tx-slot');
    expect(slots.map(({ number, id, ref, index }) => [number, id, ref, index])).toEqual([
      [1, 0, 8, 0],
      [2, 1, 9, 1],
    ]);
  });

  it('go through where the indexes wrap', () => {
    const machine = connected(BURST);
    plantIndexes(machine, 0xffffffff);
    const decisions = effectsOf(run(machine), 'notify-decision').filter(({ kernel }) => kernel === 'domU');
    expect(decisions.map(({ old, new: now, event, notify }) => [old, now, event, notify])).toEqual([
      [0xffffffff, 0, 0, true],
      [0, 1, 0, false],
    ]);
    expect(machine.get(deliveredSlot('dom0'))).toEqual([1, 2]);
    expect(header(machine, 'tx')).toEqual({ req_prod: 1, req_event: 2, rsp_prod: 1, rsp_event: 2 });
  });
});

describe('a ring that fills', () => {
  /** Packets go out and dom0 does nothing: its interrupts never run. */
  function fill(packets: number) {
    const machine = connected([]);
    const userspace = machine.threadNamed('domU userspace')!;
    for (let i = 0; i < packets && sendFromGuest.refusal(machine) === null; i++) {
      machine.spawn('you', sendFromGuest.program, {});
      machine.execute(machine.threadNamed('you')!);
      while (machine.next(userspace)) machine.execute(userspace);
    }
    return machine;
  }

  it('stops the stack at 237 packets out, and wakes it when there is room again', () => {
    const machine = fill(300);
    expect(machine.get(sentSlot('domU'))).toHaveLength(237);
    expect(sendFromGuest.refusal(machine)).toBe('the TX ring is full');
    run(machine);
    expect(sendFromGuest.refusal(machine)).toBeNull();
    expect(machine.get(deliveredSlot('dom0'))).toEqual(machine.get(sentSlot('domU')));
    expect(machine.get(frontQueueSlot(0))!.gref_tx).toEqual([[8, 256]]);
  });

  it('is taken in rounds of 64', () => {
    const taken = run(fill(150));
    const copies = taken.filter(({ key }) => key === 'xenvif_tx_action#batch_copy').length;
    expect(copies).toBe(3);
    expect(taken.filter(({ key }) => key === 'net_rx_action#poll_again_later')).toHaveLength(2);
  });
});
