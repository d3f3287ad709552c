import { describe, expect, it } from 'vitest';
import { endState, recordRun, scenarios, Timeline, type Config } from '../../../src/sim/index.ts';
import { BEFORE, HANDSHAKE } from './handshake-order.ts';

const [scenario] = scenarios;
const ONE: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };

describe('the canonical run at one page, one queue, PV', () => {
  const { records } = recordRun(scenario!, ONE);

  it('takes the 68 steps of the handshake in the order of the sources', () => {
    let at = 0;
    for (const wanted of HANDSHAKE) {
      const found = records.findIndex(
        (record, i) =>
          i >= at && record.step === wanted.label && (!wanted.passes || record.stack.includes(wanted.passes)),
      );
      const cite = records[found]?.cite;
      // Compared with its label, so that a failure says which step it is about.
      expect([wanted.step, wanted.label, at, cite?.path]).toEqual([wanted.step, wanted.label, at, wanted.cite]);
      if (wanted.line !== undefined) expect([wanted.label, cite?.line]).toEqual([wanted.label, wanted.line]);
      at = found + 1;
    }
  });

  it('leaves out none of the 68', () => {
    const covered = new Set([...HANDSHAKE.map((step) => step.step), ...BEFORE]);
    expect([...covered].sort((a, b) => a - b)).toEqual(Array.from({ length: 68 }, (_, i) => i + 1));
  });

  it('makes the hypercalls that the sources tally: 2 alloc_unbound and 3 sends in domU, 2 maps and 2 binds in dom0', () => {
    const calls = new Map<string, number>();
    for (const { effects } of records) {
      for (const effect of effects) {
        if (effect.kind !== 'xen') continue;
        const name = JSON.stringify([effect['caller'], effect['op']]);
        calls.set(name, (calls.get(name) ?? 0) + 1);
      }
    }
    expect(calls.get('[5,"alloc_unbound"]')).toBe(2);
    expect(calls.get('[5,"send"]')).toBe(3);
    expect(calls.get('[0,"map_grant_ref"]')).toBe(2);
    expect(calls.get('[0,"bind_interdomain"]')).toBe(2);
  });

  it('loses every notification that is sent before the backend has bound its port', () => {
    const sends = records.flatMap((record) => record.effects.filter((e) => e.kind === 'xen' && e['op'] === 'send'));
    expect(sends.map((send) => (send['result'] as { delivered: boolean }).delivered)).toEqual([false, false, false]);
  });

  it('goes through the states in the order of the sources', () => {
    const writes = records
      .flatMap((record) => record.effects)
      .filter((effect) => effect.kind === 'xs' && effect['op'] === 'WRITE')
      .map((effect) => [effect['conn'], effect['path'], effect['value']]);
    const statesOf = (conn: string, path: string) =>
      writes.filter((write) => write[0] === conn && write[1] === path).map((write) => write[2]);
    expect(statesOf('domU', 'device/vif/0/state')).toEqual(['4']);
    expect(statesOf('dom0', 'backend/vif/5/0/state')).toEqual(['2', '4']);
  });

  it('puts the first references where the allocator must: pools first, then 520 and 521', () => {
    const { machine } = recordRun(scenario!, ONE);
    expect(endState(machine).rings.map((ring) => ring.refs)).toEqual([[520], [521]]);
  });
});

describe('moving through the run', () => {
  it('undoes everything to the very beginning, and does it all again to the same end', () => {
    const machine = scenario!.build(ONE);
    const timeline = new Timeline(machine, scenario!.schedule);
    const start = [machine.state.a, machine.state.b];
    timeline.seek(Infinity);
    const end = [machine.state.a, machine.state.b];
    const words = JSON.stringify(endState(machine));
    timeline.seek(0);
    expect([machine.state.a, machine.state.b]).toEqual(start);
    timeline.seek(timeline.length);
    expect([machine.state.a, machine.state.b]).toEqual(end);
    expect(JSON.stringify(endState(machine))).toBe(words);
  });
});
