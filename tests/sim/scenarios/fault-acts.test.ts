import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { actNamed, refusalOf, scenarios, Timeline, YOU, type Config } from '../../../src/sim/index.ts';
import { FAULTS as faults } from '../../../src/sim/scenarios/acts/faults.ts';
import { Run } from './run.ts';

const plain = scenarios[0]!;

/** For each position of the plain run, why the fault cannot be made there. */
function refusals(id: string, config: Config): (string | null)[] {
  const timeline = new Timeline(plain.build(config), plain.schedule);
  const found = [refusalOf(timeline.machine, actNamed(id))];
  while (timeline.forward()) found.push(refusalOf(timeline.machine, actNamed(id)));
  return found;
}

describe('what the guest does by hand', () => {
  it('is not refused for setting eth0 up where there is no eth0 to send through', () => {
    const without = refusals('send-from-guest', plain.defaults).map((reason) => reason === 'there is no eth0');
    expect(new Set(without)).toEqual(new Set([true, false]));
    for (const id of ['unbind-frontend', 'bind-frontend', 'save-restore']) {
      const why = refusals(id, plain.defaults).filter((_, position) => without[position]);
      expect(why.filter((reason) => reason?.includes('busy: ip link'))).toEqual([]);
    }
  });
});

describe('faults by hand', () => {
  it.each(faults.map(({ id }) => id))('%s can be made for a while, no longer at the end, and the run ends properly', (id) => {
    const why = refusals(id, plain.defaults);
    const possible = why.flatMap((reason, position) => (reason === null ? [position] : []));
    expect(possible).not.toEqual([]);
    expect(why.at(-1)).toMatch(/^[a-z].*[^.]$/);
    for (const position of new Set([possible[0]!, possible[possible.length >> 1]!, possible.at(-1)!])) {
      const timeline = new Timeline(plain.build(plain.defaults), plain.schedule);
      const { machine } = timeline;
      timeline.seek(position);
      timeline.act(machine.threadNamed(YOU)!, actNamed(id).program);
      timeline.seek(Infinity);
      expect(machine.runnable()).toEqual([]);
    }
  });

  it('say why not, in the words of what is lacking', () => {
    const one: Config = { ...plain.defaults, txPages: 1, rxPages: 1 };
    expect(new Set(refusals('third-page-bad', one))).toEqual(
      new Set(['too early: the TX ring is not wholly granted yet', 'the TX ring has one page only']),
    );
    expect([...new Set(refusals('missing-ring-key', plain.defaults))]).toEqual([
      'too early: netfront has not published its keys',
      null,
      'too late: netback has read the keys',
    ]);
  });

  it('a frame number as third reference: the map is refused as a bad reference, and the batch is unwound as Linux does', () => {
    for (const queues of [1, 2]) {
      const run = new Run('netif-multipage', { ...plain.defaults, queues });
      run.until('backend_connect#connect').act('third-ref-wrong');
      const key = `/local/domain/5/device/vif/0/${queues === 1 ? '' : 'queue-0/'}tx-ring-ref2`;
      const { gfns, refs } = run.end.rings[0]!;
      expect(run.value(key)).toBe(String(gfns[2]));
      expect(refusalOf(run.machine, actNamed('third-ref-wrong'))).toBe('the key names the frame already');
      run.toEnd();
      const maps = run.effects.filter(({ kind, op }) => kind === 'xen' && op === 'map_grant_ref')
        .map(({ result }) => (result as { status: number }).status);
      // Xen goes through all of the batch: bad reference, and on.
      expect(maps.slice(0, 4)).toEqual([0, 0, -3, 0]);
      const { maptrack, logs, states, errors } = run.end;
      // What stands before it was unmapped; the last page's handle is lost.
      expect(maptrack.map(({ ref }) => ref)).toEqual([refs[3]]);
      expect(logs.dom0[0]).toBe(`vif vif-5-0: 3 mapping in shared page ${gfns[2]} from domain 5`);
      expect(errors[0]!.text).toContain(`2 mapping shared-frames ${refs[0]},${refs[1]},${gfns[2]},${refs[3]}/`);
      expect([states.frontend.published, states.backend.published]).toEqual([4, 4]);
    }
  });

  it('a frame number as third reference makes no sense where no third page is, before the keys, or when they are read', () => {
    expect([...new Set(refusals('third-ref-wrong', { ...plain.defaults, txPages: 2 }))]).toEqual([
      'too early: the TX ring is not wholly granted yet', 'the TX ring has 2 pages only',
    ]);
    expect([...new Set(refusals('third-ref-wrong', plain.defaults))]).toEqual([
      'too early: the TX ring is not wholly granted yet', 'too early: netfront has not published its keys', null,
      'too late: netback has read the keys',
    ]);
  });

  it('may come two at a time, at any moment, in any order of the threads: the model goes on to an end', () => {
    const random = seededRandom(5);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const taken = new Set<string>();
    for (let run = 0; run < 60; run++) {
      const two = [faults[run % faults.length]!, pick(faults)];
      const config: Config = { ...plain.defaults, txPages: pick([1, 4]), queues: pick([1, 2]), backend: pick(['pv', 'pvh']) };
      const timeline = new Timeline(plain.build(config), (enabled, last) =>
        last && enabled.includes(last) && random() < 0.7 ? last : pick(enabled),
      );
      while (timeline.forward()) {
        const fault = pick(two);
        if (random() > 0.1 || refusalOf(timeline.machine, fault) !== null) continue;
        timeline.act(timeline.machine.threadNamed(YOU)!, fault.program);
        taken.add(fault.id);
      }
      expect(timeline.machine.runnable()).toEqual([]);
    }
    expect([...taken].sort()).toEqual(faults.map(({ id }) => id).sort());
  });
});
