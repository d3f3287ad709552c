import { describe, expect, test } from 'vitest';
import { Run } from '../../src/engine/run.ts';
import { type Effect, scenarios } from '../../src/sim/index.ts';

function recorded(id: string): Run {
  const scenario = scenarios.find((one) => one.id === id)!;
  const run = new Run(scenario, { scenario: id, config: scenario.defaults, choices: [] });
  run.record(Infinity);
  return run;
}

/** What the steps themselves say that they printed. */
function told(run: Run): [string, number][] {
  const lines: [string, number][] = [];
  for (let n = 0; n < run.length; n++) {
    const effects: readonly Effect[] = run.timeline.effects(n);
    for (const { kind, kernel } of effects) if (kind === 'log' && typeof kernel === 'string') lines.push([`log:${kernel}`, n + 1]);
  }
  return lines;
}

function kept(run: Run, position: number): [string, number][] {
  return run.printed
    .upTo(position)
    .filter(([log]) => log !== 'log:xl')
    .flatMap(([log, steps]) => steps.map((step): [string, number] => [log, step]))
    .sort(([, a], [, b]) => a - b);
}

describe('who printed a line', () => {
  test.each(['fault-third-page-bad', 'bug-response-out-of-range', 'reconnect-resume'])(
    'is the step that says so, in %s',
    (id) => {
      const run = recorded(id);
      expect(told(run).length).toBeGreaterThan(0);
      expect(kept(run, run.length)).toEqual(told(run));
    },
  );

  test('is told of the steps so far alone', () => {
    const run = recorded('fault-third-page-bad');
    const first = told(run)[0]![1];
    expect(kept(run, first - 1)).toEqual([]);
    expect(kept(run, first)).toEqual([told(run)[0]]);
  });

  test('leaves out the lines that were there before the first step', () => {
    const run = recorded('bug-response-out-of-range');
    run.timeline.seek(0);
    const lines = [...run.timeline.machine.state.slots()].filter(([{ name }]) => name.startsWith('log:'));
    expect(lines.map(([{ name }]) => name)).toEqual(['log:dom0']);
    expect(kept(run, run.length).map(([log]) => log)).toEqual(told(run).map(() => 'log:domU'));
  });

  test('is forgotten with the steps of a future that is no more', () => {
    const run = recorded('fault-third-page-bad');
    const last = told(run).at(-1)![1];
    run.timeline.seek(last - 1);
    const other = run.timeline.enabled().find((thread) => thread !== run.timeline.natural())!;
    expect(run.choose(last - 1, other.name)).toBeNull();
    expect(run.length).toBe(last);
    expect(kept(run, run.length)).toEqual(told(run));
    run.record(Infinity);
    expect(kept(run, run.length)).toEqual(told(run));
  });
});
