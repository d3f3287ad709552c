import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, scenarios, xenbusStateName } from '../../src/api/sim.ts';
import { traceText } from '../../src/picture/trace.ts';
import { endState, recordRun, scenarios as all } from '../../src/sim/index.ts';
import { parseLink } from '../../src/store/read-link.ts';

const ONE = { pages: 1 } as const;
const { records, machine } = recordRun(all[0]!, { ...all[0]!.defaults, txPages: 1, rxPages: 1 });

describe('scenarios', () => {
  it('are those that ship, each with what it is about', () => {
    expect(scenarios.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(scenarios.filter(({ about }) => about.length < 40)).toEqual([]);
    expect(scenarios[0]!.acts.map(({ id }) => id)).toContain('network-detach');
  });
});

describe('a run', () => {
  it('stands at its beginning, and ends as the scenario does', () => {
    const made = run(ONE);
    expect([made.scenario, made.position, made.length, made.current]).toEqual(['netif-multipage', 0, records.length, null]);
    expect(made.seek('end')?.step).toBe(records.at(-1)!.step);
    expect(made.state()).toEqual(endState(machine));
    const { frontend, backend } = made.state().states;
    expect([frontend.published, backend.published].map((state) => xenbusStateName(state!))).toEqual(['Connected', 'Connected']);
    expect(made.next).toEqual([]);
  });

  it('is the same by whichever options it is asked for', () => {
    const asked = run({ scenario: 'traffic', txPages: 2, rxPages: 1, queues: 2, maxGrantFrames: 32, backend: 'pvh' });
    const { scenario, config, choices, fingerprint } = asked;
    expect(config).toEqual({ txPages: 2, rxPages: 1, queues: 2, maxGrantFrames: 32, backend: 'pvh' });
    expect(run({ scenario, ...config, choices }).fingerprint).toBe(fingerprint);
    expect(run({ pages: 4, txPages: 2 }).config).toMatchObject({ txPages: 2, rxPages: 4 });
  });

  it('comes to the same place by a seek as by stepping, forth and back', () => {
    const [stepped, sought] = [run(ONE), run(ONE)];
    const prints = [stepped.fingerprint];
    while (stepped.step() !== null) prints.push(stepped.fingerprint);
    expect(new Set(prints).size).toBeGreaterThan(records.length / 2);
    fc.assert(
      fc.property(fc.nat(sought.length), fc.nat(20), (to, less) => {
        expect(sought.seek(to)?.number ?? 0).toBe(to);
        for (let n = 0; n < less; n++) expect(sought.back()?.number ?? 0).toBe(Math.max(0, to - n));
        const at = Math.max(0, to - less);
        expect([sought.position, sought.fingerprint]).toEqual([at, prints[at]]);
        for (let n = at; n < to; n++) expect(sought.step()?.number).toBe(n + 1);
        expect(sought.fingerprint).toBe(prints[to]);
      }),
      { numRuns: 60 },
    );
    expect(stepped.step()).toBeNull();
  });

  it('says of a step which it is, what it did, what it changed and what it follows', () => {
    const made = run(ONE);
    const step = made.seek('gnttab_grant_foreign_access#store_flags')!;
    expect(step).toMatchObject({
      ...records[made.position - 1],
      function: 'gnttab_grant_foreign_access',
      label: 'store_flags',
      thread: 'domU xenwatch',
      party: 'domU',
      cite: { project: 'Linux', path: 'drivers/xen/grant-table.c' },
    });
    const words = step.changes.filter(({ cell }) => cell === 'word');
    expect([words.length, step.changed]).toEqual([1, step.changes.length]);
    expect(made.seek('map_grant_ref#map_one')).toMatchObject({ thread: 'dom0 xenwatch', party: 'xen' });
  });

  it('is told as the trace tells it, whole or in part', () => {
    const made = run(ONE);
    expect(made.trace()).toBe(traceText(records));
    expect(made.trace(10, 20)).toBe(traceText(records.slice(10, 20)));
    expect(Array.from(made.steps(), ({ step }) => step)).toEqual(records.map(({ step }) => step));
    const some = made.steps(3, 9);
    expect(some.next().value).toMatchObject({ number: 4 });
    made.seek('end');
    expect(Array.from(some, ({ number }) => number)).toEqual([5, 6, 7, 8, 9]);
    expect(made.position).toBe(made.length);
  });

  it('has a link that leads to where it stands', () => {
    const made = run({ scenario: 'traffic', ...ONE });
    made.seek('end');
    const link = parseLink(made.link);
    if (link.kind !== 'good') throw new Error(`${made.link} cannot be followed`);
    const { scenario, config } = made;
    expect(link.run).toEqual({ scenario, config, choices: [] });
    expect(made.fingerprint.startsWith(link.state!)).toBe(true);
  });

  it('has the chapters that it comes to, each of which can be sought', () => {
    const made = run(ONE);
    expect(made.chapters.map(({ id }) => id)).toEqual(expect.arrayContaining(['toolstack', 'mapping', 'ready']));
    for (const { id, at } of made.chapters) expect(made.seek(id)?.number).toBe(at + 1);
  });

  it.each(scenarios.map(({ id }) => id))('%s: can be looked at on the way', (scenario) => {
    const made = run({ scenario, ...ONE });
    for (let at = 0; at <= made.length; at += 97) {
      made.seek(at);
      expect(made.state().xenstore[0]?.path).toBe('/');
    }
  });
});

describe('another order', () => {
  it('is taken with step, kept as a choice, and made again from it', () => {
    const made = run(ONE);
    while (made.next.length < 2) made.step();
    const { position } = made;
    const [natural, other] = made.next;
    expect(made.step(natural!.thread)?.step).toBe(natural!.key);
    expect(made.choices).toEqual([]);
    made.back();
    expect(made.step(other!.thread)).toMatchObject({ thread: other!.thread, step: other!.key, number: position + 1 });
    expect(made.choices).toEqual([[position, other!.thread]]);
    const again = run({ ...ONE, choices: made.choices });
    again.seek('end');
    made.seek('end');
    expect([again.length, again.fingerprint]).toEqual([made.length, made.fingerprint]);
  });

  it('may be what somebody does', () => {
    const made = run(ONE);
    made.seek('end');
    const { length } = made;
    expect(made.step('act:network-detach')).toMatchObject({ number: length + 1 });
    expect(made.length).toBeGreaterThan(length + 1);
    made.seek('end');
    expect(made.state()).toMatchObject({ maptrack: [], states: { backend: { published: null } } });
    expect(made.choices).toEqual([[length, 'act:network-detach']]);
  });
});

describe('what cannot be done', () => {
  const expectFault = (action: () => unknown, kind: typeof RangeError | typeof TypeError, message: string): void => {
    expect(action).toThrow(kind);
    expect(action).toThrow(message);
  };

  it.each<[object | string | null, typeof RangeError | typeof TypeError, string]>([
    ['traffic', TypeError, 'options must be an object, not traffic'],
    [null, TypeError, 'options must be an object, not null'],
    [{ page: 1 }, TypeError, 'there is no option page: there are scenario, pages, txPages, rxPages, queues'],
    [{ scenario: 'nonsense' }, RangeError, "unknown scenario 'nonsense': there are netif-multipage, close-unplug"],
    [{ pages: 3 }, RangeError, 'TX ring pages must be 1, 2, 4, 8 or 16, not 3'],
    [{ rxPages: '1' }, RangeError, 'RX ring pages must be 1, 2, 4, 8 or 16, not 1'],
    [{ queues: 0 }, RangeError, 'queues must be 1 to 8, not 0'],
    [{ maxGrantFrames: 1.5 }, RangeError, 'grant frames must be limited to 4 to 256, not 1.5'],
    [{ backend: 'hvm' }, RangeError, 'the backend must be pv or pvh, not hvm'],
    [{ choices: 'all' }, TypeError, 'choices must be a list of [position, who], not all'],
    [{ choices: [[1]] }, TypeError, 'a choice is [position, who], not [1]'],
    [{ choices: [[-1, 'toolstack']] }, RangeError, 'position -1'],
    [{ choices: [[9, 'dom0 xenbus'], [9, 'toolstack']] }, RangeError, 'choices must ascend: position 9 comes after 9'],
    [{ choices: [[0, 'nobody']] }, RangeError, 'there is no thread nobody'],
    [{ choices: [[0, 'act:nothing']] }, RangeError, 'this scenario has no act nothing'],
    [{ choices: [[99_999, 'toolstack']] }, RangeError, 'there is no position 99999 to choose a thread at'],
  ])('run(%j) says why', (options, kind, message) => {
    expectFault(() => run(options as object), kind, message);
  });

  it.each<[unknown, typeof RangeError | typeof TypeError, string]>([
    [-1, RangeError, 'a position is a whole number from 0 to 549, not -1'],
    [0.5, RangeError, 'a position is a whole number from 0 to 549, not 0.5'],
    [550, RangeError, 'this run has 549 steps; there is no step 550'],
    ['middle', RangeError, 'middle is no number, no function#label, not start or end, and no chapter: chapters are toolstack'],
    ['map_grant_ref#map_one~3', RangeError, 'map_grant_ref#map_one occurs 2 times in this run; there is no occurrence 3'],
    ['map_grant_ref#map_two', RangeError, 'this run never comes to map_grant_ref#map_two; of map_grant_ref it has map_one'],
    [undefined, TypeError, 'seek takes a number or a name, not undefined'],
  ])('seek(%j) says why, and stays', (to, kind, message) => {
    const made = run(ONE);
    made.seek(7);
    expectFault(() => made.seek(to as string), kind, message);
    expect(made.position).toBe(7);
  });

  it('a step that cannot be taken says why, and stays', () => {
    const made = run(ONE);
    expectFault(() => made.step('nobody'), RangeError, 'there is no thread nobody');
    expectFault(() => made.step('dom0 interrupts'), RangeError, 'at position 0 thread dom0 interrupts cannot run');
    expectFault(() => made.step('act:network-detach'), RangeError, 'at position 0 that cannot be done: ');
    expect([made.position, made.length]).toEqual([0, 549]);
  });

  it('steps that there are not say so', () => {
    const made = run(ONE);
    for (const [from, to] of [[0, 550], [5, 4], [-1, 2], [0, 1.5]] as const) {
      expectFault(() => made.trace(from, to), RangeError, `steps lie between positions 0 and 549, not ${from} and ${to}`);
      expectFault(() => [...made.steps(from, to)], RangeError, `not ${from} and ${to}`);
    }
  });
});
