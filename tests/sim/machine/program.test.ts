import { describe, expect, it } from 'vitest';
import { assign, atomic, call, enter, goto, local, mark, ret, step, when, whilst } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn, type FnInfo } from '../../../src/sim/machine/program.ts';
import { slot } from '../../../src/sim/machine/slot.ts';

const info: FnInfo = { cite: { project: 'RingScope', version: 'test', path: 'tests', symbol: 'test' } };
const trace = slot<readonly string[]>('test:trace', { hashed: false });
const cell = slot<number>('test:cell');
const other = slot<number>('test:other');
const own = slot<number>('test:own', { shared: false });

function say(c: Parameters<NonNullable<ReturnType<typeof step>['act']>>[0], word: string): void {
  c.set(trace, [...(c.get(trace) ?? []), word]);
}

/** Runs a function alone on one thread to its end. @returns what it said, and the keys of its steps */
function run(machine: Machine): { said: readonly string[]; keys: string[] } {
  const [thread] = machine.threads;
  const keys: string[] = [];
  while (machine.next(thread!) && machine.enabled(thread!)) keys.push(machine.execute(thread!).key);
  return { said: machine.get(trace) ?? [], keys };
}

describe('what is checked of a function', () => {
  it('refuses a label used twice', () => {
    expect(() => fn('twice', info, [step('a', () => {}), step('a', () => {}), ret()]).code).toThrow('label a is used twice');
  });
  it('refuses a goto without its mark', () => {
    expect(() => fn('lost', info, [step('a', () => {}), goto('nowhere'), ret()]).code).toThrow('no mark nowhere');
  });
  it('refuses a path that ends without ret', () => {
    expect(() => fn('falls_off', info, [when(() => true, [ret()])]).code).toThrow('a path ends without ret');
  });
  it('refuses what can never run', () => {
    expect(() => fn('dead', info, [ret(), step('a', () => {})]).code).toThrow('can never run');
  });
  it('refuses a second function of one name, and a second key', () => {
    expect(fn('once', info, [step('a', () => {}), ret()]).code).toHaveLength(2);
    expect(() => fn('once', info, [ret()])).toThrow('defined twice');
    expect(() => fn('once more', { ...info, shown: 'once' }, [step('a', () => {}), ret()]).code).toThrow('once#a is used twice');
  });
});

describe('control', () => {
  const inner = fn<{ n: number; sum?: number }, number, { n: number }>('inner', info, [
    assign((l) => {
      l.sum = 0;
    }),
    whilst((l) => l.n > 0, [
      local('add', (_, l) => {
        l.sum = l.sum! + l.n;
        l.n--;
      }),
    ]),
    ret((l) => l.sum!),
  ]);
  const outer = fn<{ result?: number; again?: boolean }, void, object>('outer', info, [
    mark('start'),
    call(
      'inner',
      () => inner,
      () => ({ n: 3 }),
      (l, result) => {
        l.result = result;
      },
    ),
    step('report', (c, l) => say(c, `inner gave ${l.result}`)),
    when(
      (l) => l.again !== true,
      [
        assign((l) => {
          l.again = true;
        }),
        goto('start'),
      ],
      [local('done', (c) => say(c, 'done'))],
    ),
    enter(
      () => inner,
      () => ({ n: 2 }),
      (l, result) => {
        l.result = result;
      },
    ),
    step('report_last', (c, l) => say(c, `then ${l.result}`)),
    ret(),
  ]);

  it('calls, loops, branches, jumps and returns', () => {
    const machine = new Machine(['t']);
    machine.spawn('t', outer, {});
    const { said, keys } = run(machine);
    expect(said).toEqual(['inner gave 6', 'inner gave 6', 'done', 'then 3']);
    expect(keys.filter((key) => key === 'inner#add')).toHaveLength(8);
    expect(keys[0]).toBe('outer#inner');
    expect(machine.next(machine.threads[0]!)).toBeUndefined();
  });

  it('sleeps at a step until it is ready', () => {
    const sleeper = fn<object>('sleeper', info, [
      step('wait', (c) => c.set(cell, 2), { ready: (c) => c.get(cell) === 1, idle: true }),
      ret(),
    ]);
    const machine = new Machine(['t']);
    machine.spawn('t', sleeper, {});
    expect(machine.enabled(machine.threads[0]!)).toBe(false);
    machine.set(cell, 1);
    expect(machine.enabled(machine.threads[0]!)).toBe(true);
    run(machine);
    expect(machine.get(cell)).toBe(2);
  });
});

describe('one shared access a step', () => {
  const define = (name: string, node: ReturnType<typeof step<object, void>>) => {
    const machine = new Machine(['t', 'u']);
    const made = fn<object>(name, info, [node, ret()]);
    machine.spawn('t', made, {});
    return { machine, made };
  };
  const two = (c: Parameters<NonNullable<ReturnType<typeof step>['act']>>[0]): void => {
    c.set(cell, 1);
    c.set(other, 1);
  };

  it('refuses two', () => {
    const { machine } = define('two', step('both', two));
    expect(() => run(machine)).toThrow('two#both makes 2 shared accesses in one step');
  });
  it('allows them where the step says why', () => {
    const { machine } = define('two_atomic', atomic('both', 'a lock is held', two));
    run(machine);
    expect(machine.get(other)).toBe(1);
  });
  it('counts a compound access as one', () => {
    const { machine } = define(
      'compound',
      step('both', (c) => {
        c.enter();
        two(c);
        c.leave();
      }),
    );
    run(machine);
    expect(machine.get(other)).toBe(1);
  });
  it('refuses any in a local step', () => {
    const { machine } = define('not_local', local('peek', (c) => void c.get(cell)));
    expect(() => run(machine)).toThrow('is local but makes a shared access');
  });
  it('counts words as well', () => {
    const { machine } = define(
      'words',
      step('both', (c) => {
        c.store32(7, 0, 1);
        c.load16(7, 4);
      }),
    );
    expect(() => run(machine)).toThrow('makes 2 shared accesses');
  });
  it('keeps private memory to the thread that touched it first', () => {
    const { machine, made } = define('private', local('touch', (c) => c.set(own, 1)));
    machine.spawn('u', made, {});
    machine.execute(machine.threads[0]!);
    expect(() => machine.execute(machine.threads[1]!)).toThrow('test:own is private to t, touched by u');
  });
});
