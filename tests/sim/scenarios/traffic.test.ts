import { describe, expect, it } from 'vitest';
import { recordRun, scenarios, type StepRecord } from '../../../src/sim/index.ts';
import { deliveredSlot } from '../../../src/sim/kernel/packets.ts';
import { actNamed, refusalOf } from '../../../src/sim/scenarios/act.ts';
import { ONE } from '../datapath.ts';

const traffic = scenarios.find(({ id }) => id === 'traffic')!;
const { records, machine } = recordRun(traffic, ONE);

/** Numbers of the steps with that key. */
function stepsAt(key: string): number[] {
  return records.filter(({ step }) => step === key).map(({ number }) => number);
}

function decisions(kernel: string): unknown[][] {
  return records
    .flatMap(({ effects }: StepRecord) => effects)
    .filter((effect) => effect.kind === 'notify-decision' && effect['kernel'] === kernel)
    .map(({ ring, old, new: now, event, notify }) => [ring, old, now, event, notify]);
}

describe('the natural run of the traffic', () => {
  it('begins where both sides are Connected, with nothing before it', () => {
    const start = traffic.build(ONE);
    expect(start.state.journal.size).toBe(0);
    expect(records[0]!.step).toBe('you#send-to-guest');
  });

  it('delivers every packet once', () => {
    expect(machine.get(deliveredSlot('domU'))).toEqual([101]);
    expect(machine.get(deliveredSlot('dom0'))).toEqual([1, 2, 3]);
  });

  it('has its chapters in order, each at a step of its own', () => {
    const starts = traffic.chapters.map(({ begins }) => stepsAt(begins)[0] ?? -1);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    expect(starts[0]).toBe(1);
  });

  it('suppresses what nobody has asked for', () => {
    expect(decisions('domU')).toEqual([
      ['rx', 256, 257, 1, false],
      ['tx', 0, 1, 1, true],
      ['tx', 1, 2, 1, false],
      ['tx', 2, 3, 1, false],
    ]);
    expect(decisions('dom0')).toEqual([
      ['rx', 0, 1, 1, true],
      ['tx', 0, 1, 1, true],
      ['tx', 1, 2, 1, false],
      ['tx', 2, 3, 3, true],
    ]);
  });

  it('has a final check that finds the packet of which nobody was told', () => {
    const found = records
      .flatMap(({ effects }) => effects)
      .filter((effect) => effect.kind === 'final-check' && effect['kernel'] === 'dom0')
      .map((effect) => effect['found']);
    expect(found).toEqual([1, 0]);
    const [look, store] = ['#count_requests', '#store_req_event'].map(
      (label) => stepsAt(`xenvif_napi_schedule_or_enable_events${label}`)[0]!,
    );
    const [sent] = stepsAt('you#send-as-dom0-rests');
    expect(look! < sent! && sent! < store!).toBe(true);
  });

  it('opens the port of netback only after the last packet was taken', () => {
    const eoi = records.filter(({ effects }) => effects.some((e) => e.kind === 'eoi' && e['kernel'] === 'dom0'));
    expect(eoi.map(({ number }) => number > stepsAt('xenvif_tx_submit#netif_receive_skb').at(-1)!)).toEqual([true]);
  });

  it('tells the guest once in vain: the sender had collected the responses', () => {
    const spurious = records
      .flatMap(({ effects }) => effects)
      .filter((effect) => effect.kind === 'eoi' && effect['kernel'] === 'domU')
      .map((effect) => effect['spurious']);
    expect(spurious).toEqual([false, true, false]);
  });
});

describe('acts of traffic', () => {
  it('are refused while nothing is connected, with a reason', () => {
    const start = scenarios[0]!.build(ONE);
    expect(refusalOf(start, actNamed('send-from-guest'))).toBe('there is no eth0');
    expect(refusalOf(start, actNamed('send-to-guest'))).toBe('there is no vif5.0');
  });

  it('are refused while the thread that sends is at work', () => {
    const busy = traffic.build(ONE);
    for (const id of ['send-from-guest', 'send-to-guest']) {
      busy.spawn('you', actNamed(id).program, {});
      busy.execute(busy.threadNamed('you')!);
    }
    expect(refusalOf(busy, actNamed('send-from-guest'))).toBe('the guest is busy: sending packets');
    expect(refusalOf(busy, actNamed('burst-to-guest'))).toBe('dom0’s network stack is busy');
  });

  it('can all be taken where the handshake has ended', () => {
    const start = traffic.build(ONE);
    expect(traffic.acts.map((id) => refusalOf(start, actNamed(id)))).toEqual(traffic.acts.map(() => null));
    const handshake = recordRun(scenarios[0]!, ONE).machine;
    expect(refusalOf(handshake, actNamed('send-from-guest'))).toBeNull();
  });
});
