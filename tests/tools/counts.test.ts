import { describe, expect, it } from 'vitest';
import { parseCounts, report, staticStage, testStage, total } from '../../tools/support/counts.mjs';

describe('testStage', () => {
  it('passes when tests ran, none failed and the runner ended well', () => {
    expect(testStage('vitest', undefined, { passed: 3, failed: 0 })).toEqual({
      name: 'vitest',
      passed: 3,
      failed: 0,
      reasons: [],
    });
  });

  it('keeps the number of failed tests', () => {
    const stage = testStage('vitest', 'status 1', { passed: 3, failed: 2 });
    expect(stage).toMatchObject({ passed: 3, failed: 2, reasons: ['2 of 5 tests failed or were skipped'] });
  });

  it('fails a runner that ended badly although every test passed', () => {
    const stage = testStage('vitest', 'status 1', { passed: 3, failed: 0 });
    expect(stage).toMatchObject({ passed: 3, failed: 1, reasons: ['status 1'] });
  });

  it('fails a runner that left no count, even with a clean exit', () => {
    expect(testStage('vitest', undefined, undefined)).toMatchObject({ passed: 0, failed: 1 });
    expect(testStage('vitest', 'SIGKILL', undefined).reasons).toEqual([
      'SIGKILL',
      'the runner left no count of its tests',
    ]);
  });

  it('fails a run without a single test', () => {
    const stage = testStage('playwright', undefined, { passed: 0, failed: 0 });
    expect(stage).toMatchObject({ failed: 1, reasons: ['no test was run'] });
  });
});

describe('parseCounts', () => {
  it('reads what a reporter wrote', () => {
    expect(parseCounts('{"passed":7,"failed":1}')).toEqual({ passed: 7, failed: 1 });
  });

  it.each(['', '{', 'null', '{"passed":7}', '{"passed":-1,"failed":0}', '{"passed":1.5,"failed":0}'])(
    'takes %j for no count',
    (text) => {
      expect(parseCounts(text)).toBeUndefined();
    },
  );
});

describe('the summary', () => {
  const stages = [
    staticStage('types', []),
    staticStage('lint', ['oxlint ended with status 1']),
    testStage('vitest', undefined, { passed: 40, failed: 0 }),
    testStage('playwright', 'status 1', { passed: 2, failed: 1 }),
  ];

  it('adds up tests and static stages', () => {
    expect(total(stages)).toEqual({ passed: 43, failed: 2, line: '43 passed, 2 failed' });
  });

  it('says of each stage how it ended and why', () => {
    expect(report(stages).split('\n')).toEqual([
      'pass  types (1 passed)',
      'FAIL  lint (0 passed, 1 failed): oxlint ended with status 1',
      'pass  vitest (40 passed)',
      'FAIL  playwright (2 passed, 1 failed): 1 of 3 tests failed or were skipped',
    ]);
  });
});
