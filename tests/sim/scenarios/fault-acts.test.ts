import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { actNamed, refusalOf, scenarios, Timeline, YOU, type Config } from '../../../src/sim/index.ts';

const plain = scenarios[0]!;
/** Those that have a scenario of their own. */
const faults = plain.acts.map(actNamed).filter((act) => scenarios.some(({ id }) => id === `fault-${act.id}`));

/** For each position of the plain run, why the fault cannot be made there. */
function refusals(id: string, config: Config): (string | null)[] {
  const timeline = new Timeline(plain.build(config), plain.schedule);
  const found = [refusalOf(timeline.machine, actNamed(id))];
  while (timeline.forward()) found.push(refusalOf(timeline.machine, actNamed(id)));
  return found;
}

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
      new Set(['too early: the TX ring is not granted yet', 'the TX ring has one page only']),
    );
    expect([...new Set(refusals('missing-ring-key', plain.defaults))]).toEqual([
      'too early: netfront has not published its keys',
      null,
      'too late: netback has read the keys',
    ]);
  });

  it('may come two at a time, at any moment, in any order of the threads: the model goes on to an end', () => {
    const random = seededRandom(5);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const taken = new Set<string>();
    for (let run = 0; run < 40; run++) {
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
