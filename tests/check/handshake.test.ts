import { describe, expect, it } from 'vitest';
import {
  asChoices,
  explore,
  fewestChoices,
  handshakeQuestion,
  scenarios,
  Timeline,
  withoutDetours,
  type Config,
  type CounterExample,
  type Verdict,
} from '../../src/sim/index.ts';

const [handshake] = scenarios;
const bug = scenarios.find(({ id }) => id === 'bug-state-before-refs')!;
const ONE: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };

function check(change: Partial<Config>): Verdict {
  const config = { ...ONE, ...change };
  return explore(handshake!.build(config), handshakeQuestion(config));
}

/** What a search says, but for what only tells how it went about it. */
function numbers({ states, transitions, depth, terminals, violation, cut }: Verdict) {
  return { states, transitions, depth, terminals: Object.fromEntries(terminals), violation, cut };
}

// These counts pin the granularity (docs/adr/0002): whoever changes what is one step changes them, and says so.
describe('every order of the handshake', () => {
  it('ends well with one page and one queue', () => {
    expect(numbers(check({}))).toEqual({
      states: 194853, transitions: 308938, depth: 571, terminals: { connected: 2 }, violation: null, cut: null,
    });
  });

  it('ends well where dom0 is a PVH domain', () => {
    expect(numbers(check({ backend: 'pvh' }))).toEqual({
      states: 194853, transitions: 308938, depth: 573, terminals: { connected: 2 }, violation: null, cut: null,
    });
  });

  it('ends well with two pages', () => {
    expect(numbers(check({ txPages: 2, rxPages: 2 }))).toEqual({
      states: 203751, transitions: 324458, depth: 604, terminals: { connected: 2 }, violation: null, cut: null,
    });
  });

  // All of them are 3,563,696: `npm run -s check -- --pages 1 --queues 2` takes a quarter of a minute.
  it('goes well with two queues, as far as the first million states', () => {
    const config = { ...ONE, queues: 2 };
    const { states, violation, cut, terminals } = explore(handshake!.build(config), handshakeQuestion(config), { maxStates: 1_000_000 });
    expect({ states, violation, cut }).toEqual({ states: 1_000_000, violation: null, cut: 'states' });
    expect([...terminals.keys()]).toEqual(['connected']);
  });

  it('ends with both Closed where the grant table is too small', () => {
    const { terminals, violation, cut } = numbers(check({ txPages: 4, rxPages: 4, maxGrantFrames: 4 }));
    expect({ violation, cut }).toEqual({ violation: null, cut: null });
    expect(Object.keys(terminals)).toEqual(['closed']);
  });

  it('can be cut short, and says by what', () => {
    const config = { ...ONE, txPages: 16, rxPages: 16, queues: 8 };
    const question = handshakeQuestion(config);
    expect(explore(handshake!.build(config), question, { maxStates: 20_000 })).toMatchObject({
      states: 20_000, violation: null, cut: 'states',
    });
    expect(explore(handshake!.build(config), question, { outOfTime: () => true })).toMatchObject({ violation: null, cut: 'time' });
  });

  it('leaves the machine as it was', () => {
    const machine = handshake!.build(ONE);
    const { state } = machine;
    const before = [state.a, state.b, state.journal.size];
    explore(machine, handshakeQuestion(ONE), { maxStates: 2000 });
    expect([state.a, state.b, state.journal.size]).toEqual(before);
  });
});

describe('the seeded bug', () => {
  const question = handshakeQuestion(ONE);

  /** Replays a run through the timeline, as the page does. @returns what is broken at its end */
  function replay(choices: CounterExample['choices'], steps: number): string[] {
    const timeline = new Timeline(bug.build(ONE), bug.schedule);
    const { machine } = timeline;
    const chosen = new Map(choices);
    for (let n = 0; n < steps; n++) timeline.forward(machine.threads.find(({ name }) => name === chosen.get(n)));
    return question.invariants.filter((invariant) => invariant.check(machine) !== null).map(({ name }) => name);
  }

  it('is found, and what was found can be replayed', () => {
    const { violation } = explore(bug.build(ONE), question);
    const { invariant, threads } = violation!;
    expect(replay(asChoices(bug, ONE, threads), threads.length)).toEqual([invariant]);
  });

  it('is told in fewer departures than it was found with', () => {
    const { violation } = explore(bug.build(ONE), question);
    const found = asChoices(bug, ONE, violation!.threads);
    const { invariant, choices, steps } = withoutDetours(bug, ONE, question, found);
    expect(choices.length).toBeLessThan(found.length);
    expect(replay(choices, steps)).toEqual([invariant]);
  });

  it('needs one departure from the natural order to show', () => {
    expect(fewestChoices(bug, ONE, question, 0)).toBeNull();
    const { invariant, choices, steps } = fewestChoices(bug, ONE, question, 2)!;
    expect(choices).toHaveLength(1);
    expect(replay(choices, steps)).toEqual([invariant]);
    expect(replay(choices, steps - 1)).toEqual([]);
  });
});
