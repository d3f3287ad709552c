import { expect, test } from 'vitest';
import notes from '../../src/content/en/steps.json';
import { recordRun, scenarios } from '../../src/sim/index.ts';

test('the last step of a run without mapped rings does not promise that packets pass', () => {
  const scenario = scenarios.find(({ id }) => id === 'fault-third-page-bad')!;
  const { step } = recordRun(scenario, scenario.defaults).records.at(-1)!;
  const { text } = (notes as Record<string, { text: string }>)[step]!;
  expect(text).toMatch(/first packet can pass/);
  expect(text).toMatch(/Once dom0 has mapped the rings.*Where dom0 could not map them, none ever does/);
});
