import { describe, expect, it } from 'vitest';
import { explore, fewestChoices, questionFor, scenarios, Timeline } from '../../src/sim/index.ts';
import { harms } from '../../src/store/harm.ts';

/** More departures than any of them needs. */
const MOST = 2;

const bugs = scenarios.filter(({ id }) => id.startsWith('bug-'));

describe('the bugs', () => {
  it('are the ten of which the page knows the harm', () => {
    expect(bugs).toHaveLength(10);
    expect(Object.keys(harms).sort()).toEqual(bugs.map(({ id }) => id).sort());
  });

  it.each(bugs)('$id is found, and does harm where the page says, in as few departures as can be', (scenario) => {
    const config = scenario.defaults;
    const question = questionFor(scenario, config);
    expect(explore(scenario.build(config), question).violation).not.toBeNull();
    const example = fewestChoices(scenario, config, question, MOST)!;
    const { invariant: broken, choices, steps } = example;
    expect(harms[scenario.id]).toEqual({ choices, at: steps, broken });
    // The example can be replayed, as its link is.
    const timeline = new Timeline(scenario.build(config), scenario.schedule);
    const chosen = new Map(choices);
    const { machine } = timeline;
    for (let n = 0; n < steps; n++) timeline.forward(machine.threadNamed(chosen.get(n) ?? ''));
    const wrong = question.invariants.find(({ check }) => check(machine) !== null);
    expect(wrong?.name ?? question.terminal(machine)).toBe(wrong ? broken : null);
  });
});
