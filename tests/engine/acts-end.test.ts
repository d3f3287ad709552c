import { describe, expect, it } from 'vitest';
import { ACT_PREFIX } from '../../src/engine/protocol.ts';
import { Run } from '../../src/engine/run.ts';
import { type Scenario, scenarios } from '../../src/sim/index.ts';

/** Far beyond what any of them takes; a good four hundred are tries of the deferred list. */
const ENOUGH = 4_000;

function record(scenario: Scenario, choices: readonly (readonly [number, string])[]): Run {
  const run = new Run(scenario, { scenario: scenario.id, config: scenario.defaults, choices });
  run.record(ENOUGH);
  return run;
}

describe('whatever a person does at the end of a run, that ends as well:', () => {
  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
    const { length } = record(scenario, []);
    const endless = scenario.acts.filter((act) => {
      const run = record(scenario, [[length, `${ACT_PREFIX}${act}`]]);
      return run.length >= length + ENOUGH || (run.length > length && !run.complete);
    });
    expect(endless).toEqual([]);
  });
});
