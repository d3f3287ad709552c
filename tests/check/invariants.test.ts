import { describe, expect, it } from 'vitest';
import { GTF } from '../../src/abi/grant-table.ts';
import { backQueueSlot, vifSlot } from '../../src/sim/drivers/netback/state.ts';
import { BE, FE } from '../../src/sim/drivers/toolstack.ts';
import { netdevSlot } from '../../src/sim/kernel/kernel.ts';
import { explore, handshakeQuestion, scenarios, Timeline, type Config, type Machine } from '../../src/sim/index.ts';
import { portSlot } from '../../src/sim/xen/event-channel.ts';
import { activeSlot, entryAddress, handleSlot, pteSlot } from '../../src/sim/xen/grant-table.ts';
import { nodeSlot } from '../../src/sim/xenstore/server.ts';

const CONFIG: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };
const question = handshakeQuestion(CONFIG);
/** The reference of the TX ring's page, and netback's port for it. */
const TX_REF = 520;
const TX_PORT = 21;

function connected(): Machine {
  const scenario = scenarios[0]!;
  const timeline = new Timeline(scenario.build(CONFIG), scenario.schedule);
  while (timeline.forward());
  return timeline.machine;
}

function broken(machine: Machine): string[] {
  return question.invariants.filter(({ check }) => check(machine) !== null).map(({ name }) => name);
}

function setFlags(machine: Machine, flags: number): void {
  const { frame, offset } = entryAddress(5, TX_REF);
  machine.store16(frame, offset, flags);
}

function publish(machine: Machine, path: string, value: string): void {
  machine.set(nodeSlot(path), { ...machine.get(nodeSlot(path))!, value });
}

const MAPPED = 'every mapped frame is granted to the backend';
const FINAL = 'an entry that permits access is final';
const PUBLISHED = 'a published reference is valid';
const MARKED = 'reading and writing stand exactly while pinned';
const AGREE = 'both ends agree once both are Connected';

describe('the invariants of the handshake', () => {
  it('all hold at the end of the natural order', () => {
    expect(question.invariants.map(({ name }) => name)).toEqual([MAPPED, FINAL, PUBLISHED, MARKED, AGREE]);
    expect(broken(connected())).toEqual([]);
  });

  it.each<[string, (machine: Machine) => void, string[]]>([
    ['an entry is ended under the backend', (m) => setFlags(m, GTF.reading | GTF.writing), [MAPPED, PUBLISHED]],
    ['an entry is given to another domain', (m) => {
      const { frame, offset } = entryAddress(5, TX_REF);
      m.store16(frame, offset + 2, 9);
    }, [MAPPED, FINAL, PUBLISHED]],
    ['an entry names another frame', (m) => {
      const { frame, offset } = entryAddress(5, TX_REF);
      m.store32(frame, offset + 4, 0x1234);
    }, [MAPPED, FINAL]],
    ['the backend has another frame mapped', (m) => {
      m.set(pteSlot(0, m.get(handleSlot(0, 0))!.host_addr), 0x1234);
    }, [MAPPED]],
    ['a reference is published that grants nothing', (m) => publish(m, `${FE}/tx-ring-ref`, '9'), [PUBLISHED]],
    ['Xen takes its marks back too early', (m) => setFlags(m, GTF.permit_access), [MARKED]],
    ['Xen forgets its marks', (m) => m.set(activeSlot(5, TX_REF), undefined), [MARKED]],
    ['netback attached to references in another order', (m) => {
      const queue = m.get(backQueueSlot(0))!;
      m.set(backQueueSlot(0), { ...queue, tx: { ...queue.tx!, refs: [TX_REF + 1] } });
    }, [AGREE]],
    ['netback connected no queue', (m) => m.set(vifSlot, { ...m.get(vifSlot)!, num_queues: 0 }), [AGREE]],
    ['a port is closed', (m) => m.set(portSlot(0, TX_PORT), undefined), [AGREE]],
  ])('break where %s', (_, spoil, expected) => {
    const machine = connected();
    spoil(machine);
    expect(broken(machine)).toEqual(expected);
  });
});

describe('a state in which nothing can run', () => {
  it('has a name when both are Connected and both links are up', () => {
    expect(question.terminal(connected())).toBe('connected');
  });

  it('has none while a link is down, or a state is another', () => {
    const down = connected();
    down.set(netdevSlot('vif5.0'), { ...down.get(netdevSlot('vif5.0'))!, carrier: false });
    expect(question.terminal(down)).toBeNull();
    const stuck = connected();
    publish(stuck, `${BE}/state`, '2');
    expect(question.terminal(stuck)).toBeNull();
  });

  it('is reported as a deadlock, with who sleeps where', () => {
    const scenario = scenarios[0]!;
    const { violation } = explore(scenario.build(CONFIG), { invariants: [], terminal: () => null });
    expect(violation).toMatchObject({ invariant: 'no deadlock', message: 'nothing can run: and this is no named final state' });
  });
});
