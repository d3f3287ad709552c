import { expect, test } from 'vitest';
import { searchWords } from '../../src/content/search.ts';
import { scenarios, Timeline } from '../../src/sim/index.ts';

/** The functions of a run in the natural order: by name, what its citation calls each. */
function cited(id: string, backend: 'pv' | 'pvh'): [string, string][] {
  const scenario = scenarios.find((one) => one.id === id)!;
  const config = { ...scenario.defaults, txPages: 1, rxPages: 1, backend } as const;
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  while (timeline.forward());
  return Array.from({ length: timeline.length }, (_, n) => {
    const { name, info } = timeline.info(n).op.fn;
    return [name, info.cite.symbol];
  });
}

test('what a function is called today is what its citation calls it', () => {
  const functions = new Map([...cited('netif-multipage', 'pv'), ...cited('netif-multipage', 'pvh'), ...cited('close-unplug', 'pv')]);
  const names = Object.entries<string>(searchWords.names);
  expect(names.map(([name]) => [name, functions.get(name)])).toEqual(names);
});
