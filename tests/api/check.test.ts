import { describe, expect, it } from 'vitest';
import { check, run } from '../../src/api/sim.ts';
import { handshakeQuestion } from '../../src/sim/index.ts';

const SMALL = { pages: 1, queues: 1 } as const;

describe('check', () => {
  it('finds a seeded bug, and tells it as a run that can be made', () => {
    const { scenario, config, holds, violation, cut } = check({ scenario: 'bug-state-before-refs' });
    expect([holds, cut]).toEqual([false, null]);
    expect(handshakeQuestion(config).invariants.map(({ name }) => name)).toContain(violation!.invariant);
    const shown = run({ scenario, ...config, choices: violation!.choices });
    shown.seek(violation!.steps);
    expect(shown.state().states.frontend.published).toBe(4);
    // The link names the state by its position, as choices count from there.
    expect(violation!.link.split('.').slice(0, 9)).toEqual(shown.link.split('.').slice(0, 9));
  });

  it('says where a limit cut it short, and then holds nothing for proved', () => {
    expect(check({ ...SMALL, maxStates: 2000 })).toMatchObject({ holds: false, violation: null, cut: 'states', states: 2000 });
    expect(check({ ...SMALL, maxSeconds: 0, maxStates: 1e9 })).toMatchObject({ holds: false, violation: null, cut: 'time' });
  });

  it.each<[object, typeof RangeError | typeof TypeError, string]>([
    [{ choices: [] }, TypeError, 'there is no option choices'],
    [{ pages: 5 }, RangeError, 'TX ring pages must be 1, 2, 4, 8 or 16, not 5'],
    [{ maxStates: 0.5 }, RangeError, 'maxStates must be a whole number, not 0.5'],
    [{ maxSeconds: 'long' }, RangeError, 'maxSeconds must be a number, not long'],
    [{ maxSeconds: Number.NaN }, RangeError, 'maxSeconds must be a number, not NaN'],
    [{ reduce: 'no' }, TypeError, 'reduce must be true or false, not no'],
  ])('refuses %j and says why', (options, kind, message) => {
    expect(() => check(options)).toThrow(kind);
    expect(() => check(options)).toThrow(message);
  });
});
