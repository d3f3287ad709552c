import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifecycleQuestion } from '../../../src/sim/check/lifecycle.ts';
import { actNamed, endState, refusalOf, YOU, type Act, type Config, type Machine, type Thread } from '../../../src/sim/index.ts';
import { naturalOrder } from '../../../src/sim/scenarios/cast.ts';
import { connectedWorld } from '../../../src/sim/scenarios/connected.ts';

/** The ways in which a connected vif goes. */
const TEARDOWNS = ['network-detach', 'network-detach-force', 'unbind-frontend', 'destroy-guest', 'crash-guest'];
/** What may be going on meanwhile. */
const MEANWHILE = ['send-from-guest', 'send-to-guest'];
/** More steps than any of these runs takes. */
const LONGEST = 20_000;

/** What is left of the store: libxl removes each parent that became empty, and nothing else of its own is modelled. */
const WITHOUT_VIF = [
  '/', '/local', '/local/domain', '/local/domain/0', '/local/domain/0/error',
  '/local/domain/5', '/local/domain/5/control', '/local/domain/5/control/shutdown', '/local/domain/5/error',
  '/tool', '/tool/xenstored',
];

function take(machine: Machine, act: Act): boolean {
  if (refusalOf(machine, act) !== null) return false;
  const you = machine.threadNamed(YOU)!;
  machine.spawn(YOU, act.program, {});
  machine.execute(you);
  return true;
}

/**
 * Lets these acts happen, in this order, while threads run as `picks` say: small numbers, each of which picks one of those
 * that can run, or the moment for the next act. After the last of them all goes on in the natural order.
 */
function run(machine: Machine, acts: readonly string[], picks: readonly number[]): number {
  const waiting = [...acts];
  let last: Thread | undefined;
  for (let step = 0; step < LONGEST; step++) {
    const able = machine.runnable();
    const pick = picks[step];
    const isMoment = able.length === 0 || (pick !== undefined && pick % 23 === 0);
    if (isMoment && waiting.length > 0) {
      const done = take(machine, actNamed(waiting[0]!));
      // What makes no sense now may do so later, but not once all is quiet.
      if (done || able.length === 0) waiting.shift();
      if (done || able.length === 0) continue;
    }
    if (able.length === 0) return step;
    last = pick === undefined ? naturalOrder(able, last) : able[pick % able.length]!;
    machine.execute(last);
  }
  return LONGEST;
}

/**
 * A deadlock of Linux 6.12 itself, which the model has as well: whoever unbinds by hand holds the device's lock and waits for
 * the callback that xenwatch runs; that one is about to unregister the device, and waits for its lock.
 */
const UNBIND_MEETS_UNPLUG = ['device_unregister#device_lock', 'unregister_xenbus_watch#request_unwatch'];

/** Operations at which somebody waits for what never comes. */
function stuck(machine: Machine): string[] {
  const ops = machine.threads.map((thread) => machine.next(thread));
  return ops.flatMap((op) => (op && op.node.idle !== true ? [op.key] : [])).sort();
}

describe('a vif that goes, in any order of threads', () => {
  const CONFIGS: readonly Config[] = [
    { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' },
    { txPages: 4, rxPages: 2, queues: 2, maxGrantFrames: 64, backend: 'pvh' },
  ];

  it.each(CONFIGS)('leaves nothing behind with $queues queues', (config) => {
    const machine = connectedWorld(config, { handsOn: true, dropsWatches: true });
    const question = lifecycleQuestion(config);
    const ends = new Map<string, number>();
    const property = fc.property(
      fc.array(fc.constantFrom(...TEARDOWNS, ...MEANWHILE), { minLength: 1, maxLength: 4, size: 'max' }),
      fc.constantFrom(...TEARDOWNS),
      fc.array(fc.nat({ max: 1000 }), { size: 'max', maxLength: 600 }),
      (before, teardown, picks) => {
        expect(run(machine, [...before, teardown], picks)).toBeLessThan(LONGEST);
        if (stuck(machine).join() === UNBIND_MEETS_UNPLUG.join()) return;
        const name = question.terminal(machine);
        expect({ name, why: question.atRest!(machine) }).toEqual({ name: expect.any(String), why: null });
        for (const { check } of question.invariants) expect(check(machine)).toBeNull();
        ends.set(name!, (ends.get(name!) ?? 0) + 1);
        const { maptrack, ports, grant_table, xenstore } = endState(machine);
        expect({ maptrack, ports, pinned: grant_table.entries.filter(({ pin }) => pin !== null) }).toEqual({ maptrack: [], ports: [], pinned: [] });
        const paths = xenstore.map(({ path }) => path).sort();
        if (name === 'unplugged') expect(paths).toEqual(WITHOUT_VIF);
        if (name === 'the guest is gone') expect(paths.filter((path) => path.includes('/5'))).toEqual([]);
      },
    );
    fc.assert(
      property.beforeEach(() => {
        machine.state.undoTo(0);
        machine.state.journal.truncate(0);
      }),
      { numRuns: 1000, seed: 5 },
    );
    // Every way to end was come to: the property is not about one of them alone.
    expect([...ends.keys()].sort()).toEqual(['closed', 'the guest is gone', 'unplugged']);
  });

  it('but may come to a deadlock where somebody unbinds it just as it is unplugged', () => {
    const machine = connectedWorld(CONFIGS[0]!, { handsOn: true, dropsWatches: true });
    run(machine, ['network-detach', 'unbind-frontend'], [0, 0, 301, 0]);
    expect(stuck(machine)).toEqual(UNBIND_MEETS_UNPLUG);
  });
});
