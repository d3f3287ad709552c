import { describe, expect, it } from 'vitest';
import { scenarios } from '../../src/sim/index.ts';
import { runTool } from './run-tool.ts';

describe('scenarios', () => {
  it('prints a line for each: its id, what it follows, its title', async () => {
    const { code, stdout } = await runTool('scenarios');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.map(([id]) => id)).toEqual(scenarios.map(({ id }) => id));
    expect(lines).toContainEqual(['fault-ref-not-granted', 'linux 8.1 B10', 'Fault: A reference that permits nothing']);
  });
});
