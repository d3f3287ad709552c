import { describe, expect, it } from 'vitest';
import { lifecycleQuestion } from '../../src/sim/check/lifecycle.ts';
import { explore, questionFor, scenarios, type Config, type Machine, type Scenario } from '../../src/sim/index.ts';
import { deferredSlot } from '../../src/sim/kernel/grant-deferred.ts';
import { ringPagesSlot } from '../../src/sim/kernel/pages.ts';
import { entryAddress } from '../../src/sim/xen/grant-table.ts';

const ONE: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };

function named(id: string): Scenario {
  return scenarios.find((scenario) => scenario.id === id)!;
}

describe('every order in which a vif goes', () => {
  it.each([
    ['close-unplug', { unplugged: 2 }],
    ['close-unbind', { closed: 1 }],
    ['close-forced', { unplugged: 2 }],
    ['close-crash', { 'the guest is gone': 2 }],
    ['reconnect-unbind-bind', { connected: 1 }],
    ['reconnect-resume', { connected: 4 }],
  ])('%s ends well', (id, ends) => {
    const scenario = named(id);
    const { terminals, violation, cut } = explore(scenario.build(ONE), questionFor(scenario, ONE));
    expect({ ends: Object.fromEntries(terminals), violation, cut }).toEqual({ ends, violation: null, cut: null });
  });
});

describe('what must hold can fail', () => {
  /** What the invariants say of two connected ends, after this was done to them. */
  function broken(spoil: (machine: Machine) => void): string[] {
    const machine = named('close-unplug').build(ONE);
    spoil(machine);
    return lifecycleQuestion(ONE).invariants.flatMap(({ name, check }) => (check(machine) === null ? [] : [name]));
  }

  it('and all of it holds to begin with', () => {
    expect(broken(() => {})).toEqual([]);
  });

  it('when a page is freed that is mapped', () => {
    expect(broken((machine) => machine.set(ringPagesSlot, [0x1a3c1]))).toEqual(['nothing is freed while it is mapped']);
  });

  it('when a mark is wiped out', () => {
    const { frame, offset } = entryAddress(5, 520);
    expect(broken((machine) => machine.store16(frame, offset, 1))).toEqual(['what is mapped is marked in use']);
  });

  it('when what is deferred permits nothing any more', () => {
    expect(broken((machine) => machine.set(deferredSlot, [{ ref: 600, gfn: null, warn_delay: 60 }]))).toEqual([
      'what is deferred is still granted',
    ]);
  });
});
