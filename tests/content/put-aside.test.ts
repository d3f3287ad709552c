import { expect, test } from 'vitest';
import summaries from '../../src/content/en/summaries.json';
import { tourQuestions } from '../../src/content/tour.ts';
import { ACT_PREFIX } from '../../src/engine/protocol.ts';
import { Run } from '../../src/engine/run.ts';
import { scenarios } from '../../src/sim/index.ts';

test('the run that question 10 names leads to a page that is put aside, by the act that it names at its end', () => {
  const { answer } = tourQuestions.find(({ id }) => id === 10)!;
  const scenario = scenarios.find(({ title }) => answer.includes(`“${title}”`))!;
  for (const said of [answer, summaries['fault-third-page-bad']]) expect(said).toContain('xl network-detach');
  const spec = { scenario: scenario.id, config: scenario.defaults };
  const { outline: { length } } = recorded(scenario, { ...spec, choices: [] });
  const { outline: { key, keys } } = recorded(scenario, { ...spec, choices: [[length, `${ACT_PREFIX}network-detach`]] });
  const steps = Array.from(key, (index) => keys[index]);
  expect(steps.slice(0, length)).not.toContain('gnttab_end_foreign_access#add_deferred');
  expect(steps).toContain('gnttab_end_foreign_access#add_deferred');
  expect(steps).toContain('gnttab_handle_deferred#put_back');
});

function recorded(...of: ConstructorParameters<typeof Run>): Run {
  const run = new Run(...of);
  run.record(Infinity);
  return run;
}
