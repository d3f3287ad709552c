import { expect, it } from 'vitest';
import { explore, questionFor, scenarios, type Config } from '../../src/sim/index.ts';

it('a transaction that has to be done twice ends well in every order', () => {
  const scenario = scenarios.find(({ id }) => id === 'fault-transaction-conflict')!;
  const config: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };
  const verdict = explore(scenario.build(config), questionFor(scenario, config), { maxStates: 2_000_000, reduce: true });
  expect(verdict.violation).toBeNull();
  expect(verdict.cut).toBeNull();
  expect([...verdict.terminals.keys()]).toEqual(['connected']);
});
