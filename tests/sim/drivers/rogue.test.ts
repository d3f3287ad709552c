import { describe, expect, it } from 'vitest';
import { GTF } from '../../../src/abi/grant-table.ts';
import { backQueueSlot, vifSlot } from '../../../src/sim/drivers/netback/state.ts';
import { frontQueueSlot, netfrontInfoSlot } from '../../../src/sim/drivers/netfront/state.ts';
import type { Machine } from '../../../src/sim/index.ts';
import { xen_evtchn_do_upcall } from '../../../src/sim/kernel/events.ts';
import { DOMID, logSlot, netdevSlot, type KernelName } from '../../../src/sim/kernel/kernel.ts';
import { net_rx_action } from '../../../src/sim/kernel/napi.ts';
import { deliveredSlot } from '../../../src/sim/kernel/packets.ts';
import { sendFromGuest } from '../../../src/sim/scenarios/acts/traffic.ts';
import { masked, send } from '../../../src/sim/xen/event-channel.ts';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import { connected, header, pokeHeader, pokeSlot, run, slotWords } from '../datapath.ts';

/** Connected, with the threads of the data path running. */
function ready(): Machine {
  const machine = connected([]);
  machine.spawn('domU interrupts', xen_evtchn_do_upcall, { kernel: 'domU' });
  machine.spawn('domU softirq', net_rx_action, { kernel: 'domU' });
  machine.spawn('dom0 softirq', net_rx_action, { kernel: 'dom0' });
  return machine;
}

function newLines(machine: Machine, kernel: KernelName, work: () => void): readonly string[] {
  const before = (machine.get(logSlot(kernel)) ?? []).length;
  work();
  return (machine.get(logSlot(kernel)) ?? []).slice(before);
}

describe('a rogue frontend', () => {
  /** What netback says when the guest has written that into its ring, and rung. */
  function says(machine: Machine): readonly string[] {
    return newLines(machine, 'dom0', () => {
      send(machine, DOMID.domU, machine.get(frontQueueSlot(0))!.tx_port!);
      run(machine);
    });
  }
  const request = (gref: number, offset: number, size: number) => [gref, offset, 7 | (size << 16)];

  function expectDisabled(machine: Machine): void {
    expect(machine.get(vifSlot)).toMatchObject({ disabled: true, connected: false });
    expect(machine.get(netdevSlot('vif5.0'))!.carrier).toBe(false);
  }

  it('that claims more requests than the ring holds is given up', () => {
    const machine = ready();
    pokeHeader(machine, 'tx', 'req_prod', 257);
    expect(says(machine)).toEqual([
      'vif vif-5-0 vif5.0: Impossible number of requests. req_prod 257, req_cons 0, size 256',
      'vif vif-5-0 vif5.0: fatal error; disabling device',
    ]);
    expectDisabled(machine);
  });

  it('whose packet runs over the end of its page is given up', () => {
    const machine = ready();
    pokeSlot(machine, 'tx', 0, request(8, 4000, 100));
    pokeHeader(machine, 'tx', 'req_prod', 1);
    expect(says(machine)).toEqual([
      'vif vif-5-0 vif5.0: Cross page boundary, txreq.offset: 4000, size: 100',
      'vif vif-5-0 vif5.0: fatal error; disabling device',
    ]);
    expectDisabled(machine);
  });

  it('whose packet is shorter than a header gets an error, and nothing else happens', () => {
    const machine = ready();
    // The frontend that answers for this ring did not send this packet: it looks at the response by hand.
    machine.stop('domU interrupts');
    pokeSlot(machine, 'tx', 0, request(8, 0, 13));
    pokeHeader(machine, 'tx', 'req_prod', 1);
    expect(says(machine)).toEqual([]);
    expect(slotWords(machine, 'tx', 0)[0]).toBe((7 | (-1 << 16)) >>> 0);
    expect(header(machine, 'tx').rsp_prod).toBe(1);
    expect(machine.get(vifSlot)!.disabled).toBeUndefined();
  });

  it('that names a reference which permits nothing gets an error for that packet', () => {
    const machine = ready();
    machine.stop('domU interrupts');
    pokeSlot(machine, 'tx', 0, request(8, 0, 60));
    pokeHeader(machine, 'tx', 'req_prod', 1);
    expect(says(machine)).toEqual([]);
    expect(slotWords(machine, 'tx', 0)[0]).toBe((7 | (-1 << 16)) >>> 0);
    expect(machine.get(deliveredSlot('dom0'))).toBeUndefined();
  });
});

describe('a rogue backend', () => {
  /** Two packets are out and dom0 has not looked at them. */
  function twoOut(): Machine {
    const machine = ready();
    for (let i = 0; i < 2; i++) {
      machine.spawn('you', sendFromGuest.program, {});
      machine.execute(machine.threadNamed('you')!);
      const userspace = machine.threadNamed('domU userspace')!;
      while (machine.next(userspace)) machine.execute(userspace);
    }
    machine.set(vifSlot, { ...machine.get(vifSlot)!, disabled: true });
    return machine;
  }

  function says(machine: Machine, direction: 'tx' | 'rx'): readonly string[] {
    return newLines(machine, 'domU', () => {
      send(machine, DOMID.dom0, machine.get(backQueueSlot(0))![`${direction}_port`]!);
      run(machine);
    });
  }

  function expectBroken(machine: Machine): void {
    expect(machine.get(netfrontInfoSlot)!.broken).toBe(true);
    // Whatever comes next is not listened to: the port stays masked.
    send(machine, DOMID.dom0, machine.get(backQueueSlot(0))!.tx_port!);
    run(machine);
    expect(masked(machine, DOMID.domU, machine.get(frontQueueSlot(0))!.tx_port!)).toBe(true);
  }

  const cases: readonly (readonly [string, string, (machine: Machine) => void])[] = [
    ['claims more responses than the ring holds', 'Illegal number of responses 257', (m) => pokeHeader(m, 'tx', 'rsp_prod', 257)],
    ['answers with an id beyond the ring', 'Response has incorrect id (256)', (m) => {
      pokeSlot(m, 'tx', 0, [256]);
      pokeHeader(m, 'tx', 'rsp_prod', 1);
    }],
    ['answers a request that was not made', 'Response for inactive request', (m) => {
      pokeSlot(m, 'tx', 0, [2]);
      pokeHeader(m, 'tx', 'rsp_prod', 1);
    }],
    ['answers a request twice', 'Response for inactive request', (m) => {
      pokeSlot(m, 'tx', 0, [1]);
      pokeSlot(m, 'tx', 1, [1]);
      pokeHeader(m, 'tx', 'rsp_prod', 2);
    }],
    ['answers while it uses the page', 'Grant still in use by backend domain', (m) => {
      const { frame, offset } = entryAddress(DOMID.domU, 8);
      m.store16(frame, offset, m.load16(frame, offset) | GTF.reading);
      pokeSlot(m, 'tx', 0, [0]);
      pokeHeader(m, 'tx', 'rsp_prod', 1);
    }],
  ];
  it.each(cases)('that %s is given up', (_, line, lie) => {
    const machine = twoOut();
    lie(machine);
    expect(says(machine, 'tx')).toEqual([`vif vif-0: ${line}`, 'vif vif-0: Disabled for further use']);
    expectBroken(machine);
  });

  it('that fills slots is not given up for that', () => {
    const machine = twoOut();
    pokeSlot(machine, 'tx', 0, [(1 << 16) | 9999]);
    pokeHeader(machine, 'tx', 'rsp_prod', 1);
    expect(says(machine, 'tx')).toEqual([]);
    expect(machine.get(frontQueueSlot(0))!.tx!.indexes.rsp_cons).toBe(1);
  });

  it('that claims more RX responses than the ring holds is given up', () => {
    const machine = ready();
    pokeHeader(machine, 'rx', 'rsp_prod', 257);
    expect(says(machine, 'rx')).toEqual([
      'vif vif-0: Illegal number of responses 257',
      'vif vif-0: Disabled for further use',
    ]);
    expectBroken(machine);
  });

  it('that delivers a packet whose page it still uses is given up', () => {
    const machine = ready();
    const { frame, offset } = entryAddress(DOMID.domU, 264);
    machine.store16(frame, offset, machine.load16(frame, offset) | GTF.reading | GTF.writing);
    pokeSlot(machine, 'rx', 0, [0, 60 << 16]);
    pokeHeader(machine, 'rx', 'rsp_prod', 1);
    expect(says(machine, 'rx')).toEqual([
      'vif vif-0: Grant still in use by backend domain',
      'vif vif-0: Disabled for further use',
    ]);
    expect(machine.get(deliveredSlot('domU'))).toBeUndefined();
    expectBroken(machine);
  });

  it('that takes RX responses back is given up', () => {
    const machine = ready();
    machine.set(frontQueueSlot(0), { ...machine.get(frontQueueSlot(0))!, rx_unconsumed: 3 });
    pokeHeader(machine, 'rx', 'rsp_prod', 1);
    expect(says(machine, 'rx')).toEqual([
      'vif vif-0: RX producer index going backwards',
      'vif vif-0: Disabled for further use',
    ]);
    expectBroken(machine);
  });

  it.each([
    ['an error', -1, 0],
    ['more than a page', 100, 4000],
  ])('that answers with %s loses that packet, and the buffer goes back into the ring', (_, status, at) => {
    const machine = ready();
    pokeSlot(machine, 'rx', 0, [at << 16, (status << 16) >>> 0]);
    pokeHeader(machine, 'rx', 'rsp_prod', 1);
    expect(says(machine, 'rx')).toEqual([`vif vif-0: rx->offset: ${at}, size: ${status}`]);
    expect(machine.get(netfrontInfoSlot)!.broken).toBeUndefined();
    // The padding behind the id keeps what the response had there.
    expect(slotWords(machine, 'rx', 256)).toEqual([at << 16, 264]);
    const { rx, rx_posted } = machine.get(frontQueueSlot(0))!;
    expect(rx!.indexes).toMatchObject({ rsp_cons: 1, req_prod_pvt: 257 });
    expect(rx_posted).toEqual([[265, 255], [264, 1]]);
  });
});
