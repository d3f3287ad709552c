import { expect, it } from 'vitest';
import { summaries } from '../../src/content/summaries.ts';
import { scenarios } from '../../src/sim/index.ts';

it('every scenario is told of in a few sentences, and nothing else is', () => {
  expect(Object.keys(summaries).sort()).toEqual(scenarios.map(({ id }) => id).sort());
  for (const [id, summary] of Object.entries(summaries)) {
    expect([id, summary.length > 60 && /[.?!]\)?$/.test(summary) && !/\s\s/.test(summary)]).toEqual([id, true]);
  }
});
