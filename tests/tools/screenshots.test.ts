import { describe, expect, it } from 'vitest';
import { LENSES } from '../../src/store/store.ts';
import { scenarios } from '../../src/sim/index.ts';
import { Run } from '../../src/engine/run.ts';
import { PICTURES } from '../../tools/screenshots/pictures.ts';
import { fileOf, shotsOf } from '../../tools/screenshots/take.ts';
import { runTool } from './run-tool.ts';

describe('the pictures', () => {
  it('have a file each in every size and in both sets of colours', () => {
    const files = shotsOf(PICTURES).map(fileOf);
    expect(new Set(files).size).toBe(files.length);
    expect(files).toHaveLength(PICTURES.length * 6);
    expect(files).toContain('mapping-390x844-dark.png');
  });

  it('show every lens', () => {
    const shown = PICTURES.map(({ name }) => /^lens-(.*)$/.exec(name)?.[1]).filter((name) => name !== undefined);
    expect(shown).toEqual([...LENSES]);
  });

  it('are of steps and chapters that their runs have', () => {
    for (const { name, config, at } of PICTURES) {
      const run = new Run(scenarios[0]!, { scenario: scenarios[0]!.id, config, choices: [] });
      while (!run.complete) run.record(10_000);
      const { keys, key, chapters } = run.outline;
      const found = {
        position: () => at.kind === 'position' && at.position <= run.length,
        chapter: () => at.kind === 'chapter' && chapters.some(({ id }) => id === at.chapter),
        key: () =>
          at.kind === 'key' &&
          [...key].filter((index) => keys[index] === at.key).length >= at.occurrence,
      }[at.kind]();
      expect([name, found]).toEqual([name, true]);
    }
  });
});

it('refuses an option that there is not, in one line', async () => {
  const { code, stderr } = await runTool('screenshots', '--sise', '3');
  expect(code).toBe(2);
  expect(stderr.split('\n')[0]).toMatch(/^screenshots: Unknown option '--sise'/);
  expect(stderr).toContain('usage: screenshots [--folder DIR]');
});
