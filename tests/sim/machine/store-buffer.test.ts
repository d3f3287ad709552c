import { describe, expect, test } from 'vitest';
import { atomic, local, ret, step } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn, type FnInfo } from '../../../src/sim/machine/program.ts';
import { slot } from '../../../src/sim/machine/slot.ts';
import { drainOf, store_buffer_drain, storeBufferSlot } from '../../../src/sim/machine/store-buffer.ts';

const info: FnInfo = { cite: { project: 'RingScope', version: '', path: 'tests', symbol: 'buffers' } };
const X = { frame: 0x100, offset: 0 };
const Y = { frame: 0x100, offset: 64 };
const seen = slot<number>('buffers:seen');

type Loaded = { value?: number };

/** Stores to one word and then loads another, as in Dekker's algorithm; what it loaded goes to `into`. */
function storeThenLoad(name: string, store: typeof X, load: typeof X, into: string, barrier: boolean) {
  return fn<Loaded, void, object>(name, info, [
    step('store', (c) => c.store32(store.frame, store.offset, 1)),
    ...(barrier ? [local<Loaded, void>('full_barrier', (c) => c.fence())] : []),
    step('load', (c, l) => {
      l.value = c.load32(load.frame, load.offset);
    }),
    step('tell', (c, l) => c.set(slot<number>(into), l.value)),
    ret(),
  ]);
}

const left = storeThenLoad('buffers left', X, Y, 'buffers:left', false);
const right = storeThenLoad('buffers right', Y, X, 'buffers:right', false);
const carefulLeft = storeThenLoad('buffers careful left', X, Y, 'buffers:left', true);
const carefulRight = storeThenLoad('buffers careful right', Y, X, 'buffers:right', true);

function machine(l = left, r = right): Machine {
  const made = new Machine(['l', 'r', drainOf('l'), drainOf('r')]);
  made.bufferStores(['l', 'r']);
  made.spawn('l', l, {});
  made.spawn('r', r, {});
  for (const name of ['l', 'r']) made.spawn(drainOf(name), store_buffer_drain, { of: name });
  return made;
}

function run(on: Machine, ...names: string[]): void {
  for (const name of names) on.execute(on.threadNamed(name)!);
}

/** What both loaded, over every order of steps and drains. */
function outcomes(on: Machine): Set<string> {
  const found = new Set<string>();
  const visit = (): void => {
    const enabled = on.threads.filter((thread) => on.enabled(thread));
    if (enabled.length === 0) {
      found.add(`${on.state.get(slot<number>('buffers:left'))} ${on.state.get(slot<number>('buffers:right'))}`);
    }
    for (const thread of enabled) {
      const mark = on.state.journal.size;
      on.execute(thread);
      visit();
      on.state.undoTo(mark);
      on.state.journal.truncate(mark);
    }
  };
  visit();
  return found;
}

describe('a store buffer', () => {
  test('hides a store from others until it drains, not from its own thread', () => {
    const on = machine();
    run(on, 'l');
    expect(on.state.load32(X.frame, X.offset)).toBe(0);
    expect(on.state.get(storeBufferSlot('l'))).toHaveLength(1);
    run(on, drainOf('l'));
    expect(on.state.load32(X.frame, X.offset)).toBe(1);
    expect(on.enabled(on.threadNamed(drainOf('l'))!)).toBe(false);
  });

  test('lets a load overtake an earlier store: both sides miss each other', () => {
    expect(outcomes(machine())).toContain('0 0');
  });

  test('with a full barrier between them, no order lets both miss each other', () => {
    expect(outcomes(machine(carefulLeft, carefulRight))).toEqual(new Set(['0 1', '1 0', '1 1']));
  });

  test('forwards halves of words to its own thread, in the order of the stores', () => {
    const halves = fn<Loaded, void, object>('buffers halves', info, [
      step('whole', (c) => c.store32(0x100, 8, 0x11112222)),
      step('upper', (c) => c.store16(0x100, 10, 0x3333)),
      step('look', (c, l) => {
        l.value = c.load32(0x100, 8);
      }),
      step('tell', (c, l) => c.set(seen, l.value)),
      ret(),
    ]);
    const on = new Machine(['l']);
    on.bufferStores(['l']);
    on.spawn('l', halves, {});
    run(on, 'l', 'l', 'l', 'l');
    expect(on.state.get(seen)).toBe(0x33332222);
    expect(on.state.load32(0x100, 8)).toBe(0);
  });

  test('keeps what comes of a mask as the word that memory will hold', () => {
    const clears = fn<Loaded, void, object>('buffers clears', info, [step('clear', (c) => c.store32(0x100, 8, ~0x600000)), ret()]);
    const on = new Machine(['l']);
    on.bufferStores(['l']);
    on.spawn('l', clears, {});
    run(on, 'l');
    expect(on.state.get(storeBufferSlot('l'))).toMatchObject([{ value: 0xff9fffff }]);
  });

  test('is empty before an atomic step, whose stores are visible at once', () => {
    const both = fn('buffers atomic', info, [
      step('one', (c) => c.store16(0x100, 2, 7)),
      atomic('two', 'a test', (c) => {
        c.set(seen, c.load16(0x100, 2));
        c.store32(0x100, 12, 9);
      }),
      ret(),
    ]);
    const on = new Machine(['l']);
    on.bufferStores(['l']);
    on.spawn('l', both, {});
    run(on, 'l', 'l');
    expect(on.state.get(seen)).toBe(7);
    expect(on.state.load32(0x100, 0)).toBe(0x70000);
    expect(on.state.load32(0x100, 12)).toBe(9);
  });
});
