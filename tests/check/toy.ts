import * as fc from 'fast-check';
import { lanesHex } from '../../src/base/hash.ts';
import type { Invariant, Question } from '../../src/sim/check/question.ts';
import type { Context } from '../../src/sim/machine/context.ts';
import { atomic, ret, step, whilst } from '../../src/sim/machine/dsl.ts';
import { Machine } from '../../src/sim/machine/machine.ts';
import { fn } from '../../src/sim/machine/program.ts';
import { slot } from '../../src/sim/machine/slot.ts';

/** One instruction of a toy thread: what it does, to which cell, with which value. */
export type Instruction = readonly [op: string, cell: number, value: number];
export type Program = readonly Instruction[];

/** Programs of the threads that run from the start, and of one that may be started. */
export interface Toy {
  readonly programs: readonly Program[];
  readonly extra: Program;
}

type Locals = { program: Program; extra: Program; pc: number; acc: number };

const FRAME = 7;
/** Words 0 and 1 count one by one; 80 and 81 share a line. */
const OFFSETS = [0, 4, 320, 324];
const cells = [0, 1, 2].map((i) => slot<number>(`toy:cell:${i}`));
const locks = [0, 1].map((i) => slot<string>(`toy:lock:${i}`));
const pair = slot<{ x: number; y: { z: number } }>('toy:pair');
const fifo = slot<readonly number[]>('toy:fifo');
const started = slot<boolean>('toy:started');

export const cell = (n: number) => cells[n % cells.length]!;
const lock = (n: number) => locks[n % locks.length]!;
const offset = (n: number) => OFFSETS[n % OFFSETS.length]!;

const ACTS: Readonly<Record<string, (c: Context, l: Locals, at: number, value: number) => void>> = {
  load: (c, l, at) => {
    l.acc = c.get(cell(at))!;
  },
  set: (c, _, at, value) => c.set(cell(at), value),
  put: (c, l, at) => c.set(cell(at), l.acc),
  add: (c, _, at) => c.set(cell(at), (c.get(cell(at))! + 1) % 3),
  // Which cell it writes depends on what it reads.
  through: (c, _, at, value) => c.set(cell(c.get(cell(at))!), value),
  await: () => {},
  lock: (c, _, at) => c.set(lock(at), c.thread),
  unlock: (c, _, at) => c.set(lock(at), undefined),
  x: (c, _l, _at, value) => c.set(pair, { ...c.get(pair)!, x: value }),
  z: (c, _l, _at, value) => c.set(pair, { ...c.get(pair)!, y: { z: value } }),
  whole: (c, _, at, value) => c.set(pair, { x: at, y: { z: value } }),
  store: (c, _, at, value) => c.store32(FRAME, offset(at), value),
  half: (c, _, at, value) => c.store16(FRAME, offset(at) + 2, value),
  word: (c, l, at) => {
    l.acc = c.load32(FRAME, offset(at)) & 3;
  },
  push: (c, _, at) => c.set(fifo, [...(c.get(fifo) ?? []), at]),
  pop: (c, l) => {
    const [first, ...rest] = c.get(fifo)!;
    l.acc = first!;
    c.set(fifo, rest);
  },
  skip: (_c, l, _at, value) => {
    if (l.acc === value) l.pc++;
  },
  back: (_, l) => {
    if (l.acc !== 0) l.pc = Math.max(-1, l.pc - 3);
  },
  spawn: (c, l) => {
    if (c.get(started)) return;
    c.set(started, true);
    c.spawn('extra', toyThread, { program: l.extra, extra: [], pc: 0, acc: 0 });
  },
};

const GUARDS: Readonly<Record<string, (c: Context, at: number, value: number) => boolean>> = {
  await: (c, at, value) => c.get(cell(at)) === value,
  lock: (c, at) => c.get(lock(at)) === undefined,
  pop: (c) => (c.get(fifo) ?? []).length > 0,
  // Looks at a second cell only if the first one says so.
  either: (c, at, value) => c.get(cell(at)) === value || c.get(cell(at + 1)) === value,
};

const toyThread = fn<Locals>('toy_thread', { cite: { project: 'RingScope', version: '', path: 'tests', symbol: 'toy' } }, [
  whilst((l) => l.pc < l.program.length, [
    atomic(
      'instruction',
      'a toy may do as it likes',
      (c, l) => {
        const [op, at, value] = l.program[l.pc]!;
        ACTS[op]?.(c, l, at, value);
        l.pc++;
      },
      {
        ready: (c, l) => {
          const [op, at, value] = l.program[l.pc]!;
          return GUARDS[op]?.(c, at, value) ?? true;
        },
      },
    ),
  ]),
  // What it read last shows in the final state.
  step('report', (c, l) => c.set(slot<number>(`toy:read:${c.thread}`), l.acc)),
  ret(),
]);

export function build({ programs, extra }: Toy): Machine {
  const machine = new Machine([...programs.map((_, i) => `thread ${i}`), 'extra']);
  for (const one of cells) machine.set(one, 0);
  machine.set(pair, { x: 0, y: { z: 0 } });
  for (const [i, program] of programs.entries()) machine.spawn(`thread ${i}`, toyThread, { program, extra, pc: 0, acc: 0 });
  return machine;
}

/**
 * Visits every state by the machine alone: what the explorer is compared with. Local steps count as states of their own.
 * @returns fingerprints of the final states, and whether the invariant was broken somewhere
 */
export function everyOrder(toy: Toy, invariant?: Invariant): { finals: string[]; broken: boolean } {
  const machine = build(toy);
  const { state } = machine;
  const seen = new Set<string>();
  const finals: string[] = [];
  let broken = false;
  const visit = (): void => {
    const here = lanesHex(state.a, state.b);
    if (seen.has(here)) return;
    seen.add(here);
    broken ||= invariant !== undefined && invariant.check(machine) !== null;
    const enabled = machine.threads.filter((thread) => machine.enabled(thread));
    if (enabled.length === 0) finals.push(here);
    for (const thread of enabled) {
      const mark = state.journal.size;
      machine.execute(thread);
      visit();
      state.undoTo(mark);
      state.journal.truncate(mark);
    }
  };
  visit();
  return { finals: finals.sort(), broken };
}

/** Names every final state, deadlocks as well, by its fingerprint. */
export function nameAll(invariants: readonly Invariant[] = []): Question {
  return { invariants, terminal: ({ state }) => lanesHex(state.a, state.b) };
}

const OPS = [...Object.keys(ACTS).filter((op) => op !== 'back'), 'either'];

function programOf(ops: readonly string[], most: number): fc.Arbitrary<Program> {
  const instruction = fc.tuple(fc.constantFrom(...ops), fc.nat(3), fc.nat(2));
  return fc.array(instruction, { minLength: 1, maxLength: most, size: 'max' });
}

function toyOf(ops: readonly string[], most: number): fc.Arbitrary<Toy> {
  const programs = fc.array(programOf(ops, most), { minLength: 2, maxLength: 3, size: 'max' });
  return fc.record({ programs, extra: programOf(ops, 3) });
}

export const toys = toyOf(OPS, 5);
/** Toys that may run in circles. */
export const circularToys = toyOf(['load', 'set', 'put', 'add', 'back', 'back', 'await'], 4);

/** Each says that two things never hold at once. */
export const invariants: fc.Arbitrary<Invariant> = fc
  .tuple(fc.constantFrom('cells', 'x and cell', 'z and cell', 'word and cell', 'fifo'), fc.nat(3), fc.nat(2), fc.nat(2))
  .map(([kind, at, v, w]) => {
    const holds: Readonly<Record<string, (c: Context) => boolean>> = {
      cells: (c) => c.get(cell(at)) === v && c.get(cell(at + 1)) === w,
      'x and cell': (c) => c.get(pair)!.x === v && c.get(cell(at)) === w,
      'z and cell': (c) => c.get(cell(at)) === w && c.get(pair)!.y.z === v,
      'word and cell': (c) => c.load32(FRAME, offset(at)) === v && c.get(cell(at)) === w,
      fifo: (c) => (c.get(fifo) ?? []).join() === `${at},${v}`,
    };
    return { name: `never ${kind} ${at} ${v} ${w}`, check: (c) => (holds[kind]!(c) ? 'they do' : null) };
  });
