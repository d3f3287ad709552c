import { describe, expect, it } from 'vitest';
import type { EndState } from '../../src/sim/index.ts';
import { runTool } from './run-tool.ts';

const trace = (...args: string[]) => runTool('trace', ...args);
const ONE = ['--profile', 'netif-multipage', '--pages', '1', '--queues', '1', '--backend', 'pv'];

describe('trace', () => {
  it('prints a record a step as JSON', async () => {
    const { code, stdout } = await trace(...ONE, '--json');
    expect(code).toBe(0);
    const records = JSON.parse(stdout) as { number: number; thread: string; step: string; depth: number; effects: unknown[] }[];
    expect(records[0]).toMatchObject({ number: 1, thread: 'toolstack', step: 'libxl__device_add_async#transaction_start', depth: 0 });
    expect(records.map((record) => record.number)).toEqual(records.map((_, i) => i + 1));
  });

  it('prints a listing for people', async () => {
    const { stdout } = await trace(...ONE);
    expect(stdout).toMatch(/dom0 xenwatch +map_grant_ref#map_one +xen op=map_grant_ref/);
  });

  it('prints the end state, as JSON and for people', async () => {
    const json = JSON.parse((await trace(...ONE, '--final', '--json')).stdout) as { states: unknown; maptrack: unknown[] };
    expect(json.states).toEqual({
      frontend: { published: 4, cached: 4, driver: null },
      backend: { published: 4, cached: 4, driver: 4 },
    });
    expect(json.maptrack).toHaveLength(2);
    const text = (await trace(...ONE, '--final')).stdout;
    expect(text).toContain('/local/domain/5/device/vif/0/tx-ring-ref = "520"  (n5,r0)');
    expect(text).toContain('vif vif-5-0 vif5.0: Guest Rx ready');
  });

  it('prints how a fault ends: states, error nodes, what leaks', async () => {
    const { code, stdout } = await trace('--scenario', 'fault-third-page-bad', '--final', '--json');
    expect(code).toBe(0);
    const end = JSON.parse(stdout) as EndState;
    expect(end.states.backend).toEqual({ published: 4, cached: 4, driver: 4 });
    expect(end.errors.map(({ text }) => text)).toEqual([expect.stringMatching(/^2 mapping shared-frames 2056,2057,2058,2059/)]);
    expect(end.maptrack.map(({ handle, ref }) => [handle, ref])).toEqual([[3, 2059]]);
  });

  it.each([
    [['--pages', '3'], 'TX ring pages must be 1, 2, 4, 8 or 16, not 3'],
    [['--pages', '32'], 'TX ring pages must be 1, 2, 4, 8 or 16, not 32'],
    [['--queues', '0'], 'queues must be 1 to 8, not 0'],
    [['--queues', '9'], 'queues must be 1 to 8, not 9'],
    [['--backend', 'hvm'], 'the backend must be pv or pvh, not hvm'],
    [['--scenario', 'nonsense'], "unknown scenario 'nonsense'"],
    [['--pages', 'four'], "--pages must be a whole number, not 'four'"],
    [['--colour'], '--colour'],
  ])('refuses %j with a message, and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await trace(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});
