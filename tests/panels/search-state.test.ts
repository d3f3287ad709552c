import { expect, test } from 'vitest';
import { indexOf, search } from '../../src/panels/search/model.ts';
import { indexResults, logResults } from '../../src/panels/search/state.ts';
import { Watched } from '../store/stage/run.ts';

const run = new Watched(1, 1, 64, {}, 'fault-ref-not-granted');
const view = run.seek(run.length);
const index = indexOf({
  outline: { run: { scenario: '', config: {} as never, choices: [] }, length: 0, chapters: [], keys: [], key: [], thread: [] } as never,
  position: run.length, titleOf: () => '', textOf: () => '', refusedAt: () => false, terms: [], paths: [], acts: [], scenarios: [], lastRef: 0,
  mirror: { slot: () => undefined }, indexes: indexResults(view.rings), logs: logResults(view),
});

test('an index that both sides share is found by its name, and asked who wrote it', () => {
  const [found] = search(index, 'req_prod');
  expect(found?.group).toBe('indexes');
  expect(found?.results.map(({ name }) => name)).toEqual(['req_prod of the TX ring of queue 0', 'req_prod of the RX ring of queue 0']);
  expect(found?.results[0]?.target).toMatchObject({
    kind: 'subject', subject: { cell: { cell: 'bytes', frame: view.rings[0]?.pages[0]?.mfn, offset: 0, length: 4 } },
  });
});

test('a line of a log is found by what it says, and asked who wrote it', () => {
  const [found] = search(index, 'mapping in shared page');
  expect(found).toMatchObject({ group: 'logs', results: [{
    name: 'vif vif-5-0: 1 mapping in shared page 520 from domain 5', words: 'log of dom0',
    target: { kind: 'subject', subject: { cell: { cell: 'slot', name: 'log:dom0', part: ['0'] } } },
  }] });
});
