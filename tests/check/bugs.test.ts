import { describe, expect, it } from 'vitest';
import { explore, fewestChoices, questionFor, scenarios, Timeline } from '../../src/sim/index.ts';

/** What each bug breaks, and how many departures from its natural order it takes to show it. */
const FOUND: readonly (readonly [id: string, broken: string, choices: number])[] = [
  ['bug-state-before-refs', 'both ends agree once both are Connected', 1],
  ['bug-forgotten-eagain', 'both ends agree once both are Connected', 0],
  ['bug-watch-after-read', 'no deadlock', 2],
  ['bug-unmap-first-failures', 'of a ring that is not mapped whole, nothing stays mapped', 0],
  ['bug-revoke-before-unmap', 'every mapped frame is granted to the backend', 0],
  ['bug-missing-barrier', 'no wake-up is lost', 1],
  ['bug-missing-final-check', 'no wake-up is lost', 2],
  ['bug-req-event-not-advanced', 'no wake-up is lost', 0],
  ['bug-double-use-of-ref', 'a request that is out is granted, and by a reference of its own', 2],
  ['bug-response-out-of-range', 'nobody is caught breaking the rules', 0],
];

describe('the seeded bugs', () => {
  it('are the ten that ship', () => {
    const ids = scenarios.map(({ id }) => id).filter((id) => id.startsWith('bug-'));
    expect(ids.sort()).toEqual(FOUND.map(([id]) => id).sort());
  });

  it.each(FOUND)('%s is found, and shown in as few departures as can be', (id, broken, choices) => {
    const scenario = scenarios.find((one) => one.id === id)!;
    const config = scenario.defaults;
    const question = questionFor(scenario, config);
    expect(explore(scenario.build(config), question).violation).not.toBeNull();
    const example = fewestChoices(scenario, config, question, 2)!;
    expect({ broken: example.invariant, choices: example.choices.length }).toEqual({ broken, choices });
    // The example can be replayed, as its link is.
    const timeline = new Timeline(scenario.build(config), scenario.schedule);
    const chosen = new Map(example.choices);
    const { machine } = timeline;
    for (let n = 0; n < example.steps; n++) timeline.forward(machine.threadNamed(chosen.get(n) ?? ''));
    const wrong = question.invariants.find(({ check }) => check(machine) !== null);
    expect(wrong?.name ?? question.terminal(machine)).toBe(wrong ? broken : null);
  });
});
