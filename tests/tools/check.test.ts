import { describe, expect, it } from 'vitest';
import { handshakeQuestion, scenarios, Timeline } from '../../src/sim/index.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { runTool } from './run-tool.ts';

const check = (...args: string[]) => runTool('check', ...args);

interface Report {
  states: number;
  cut: string | null;
  violation: { invariant: string; steps: number; choices: [number, string][]; permalink: string } | null;
}

describe('check', () => {
  it('finds the seeded bug, exits with 1, and gives a link that replays it', async () => {
    const { code, stdout } = await check('--scenario', 'bug-state-before-refs', '--json');
    expect(code).toBe(1);
    const { violation } = JSON.parse(stdout) as Report;
    expect(violation!.choices.length).toBeLessThanOrEqual(2);

    const link = parseLink(violation!.permalink);
    if (link.kind !== 'good') throw new Error(`the link cannot be followed: ${violation!.permalink}`);
    const scenario = scenarios.find(({ id }) => id === link.run.scenario)!;
    const machine = scenario.build(link.run.config);
    const timeline = new Timeline(machine, scenario.schedule);
    const chosen = new Map(link.run.choices);
    while (timeline.position < violation!.steps) {
      const name = chosen.get(timeline.position);
      timeline.forward(machine.threads.find((thread) => thread.name === name));
    }
    const broken = handshakeQuestion(link.run.config).invariants.filter(({ check: holds }) => holds(machine) !== null);
    expect(broken.map(({ name }) => name)).toEqual([violation!.invariant]);
    timeline.back();
    for (const { check: holds } of handshakeQuestion(link.run.config).invariants) expect(holds(machine)).toBeNull();
  });

  it('says where a limit cut it short', async () => {
    const { code, stdout } = await check('--pages', '1', '--queues', '1', '--max-states', '5000');
    expect(code).toBe(0);
    expect(stdout).toContain('stopped after 5000 states (--max-states)');
    expect(stdout).toContain('no violation so far');
  });

  it.each([
    [['--pages', '3'], 'TX ring pages must be 1, 2, 4, 8 or 16, not 3'],
    [['--queues', '9'], 'queues must be 1 to 8, not 9'],
    [['--scenario', 'nonsense'], "unknown scenario 'nonsense'"],
    [['--max-states', 'many'], "--max-states must be a whole number, not 'many'"],
    [['--frobnicate'], '--frobnicate'],
  ])('refuses %j with a message, and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await check(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});
