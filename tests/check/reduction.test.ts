import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore, type Options } from '../../src/sim/check/explore.ts';
import type { Invariant } from '../../src/sim/check/question.ts';
import { slot } from '../../src/sim/machine/slot.ts';
import { build, cell, circularToys, everyOrder, invariants, nameAll, toys, type Instruction, type Program, type Toy } from './toy.ts';

/** Fingerprints of the final states that a search meets. */
function finals(toy: Toy, options: Options): string[] {
  return [...explore(build(toy), nameAll(), options).terminals.keys()].sort();
}

function breaks(toy: Toy, invariant: Invariant, options: Options): boolean {
  const machine = build(toy);
  const { violation } = explore(machine, nameAll([invariant]), options);
  if (!violation) return false;
  // What is reported can be followed.
  for (const name of violation.threads) machine.execute(machine.threads.find((thread) => thread.name === name)!);
  expect(invariant.check(machine)).toBe(violation.message);
  return true;
}

const OPTIONS = fc.constantFrom<Options>({ samples: 0 }, { samples: 3 }, { reduce: false });

describe('explore', () => {
  it('meets the final states that every order meets', () => {
    fc.assert(
      fc.property(toys, OPTIONS, (toy, options) => {
        expect(finals(toy, options)).toEqual(everyOrder(toy).finals);
      }),
      { numRuns: 600 },
    );
  });

  it('breaks the invariants that some order breaks', () => {
    fc.assert(
      fc.property(toys, invariants, OPTIONS, (toy, invariant, options) => {
        expect(breaks(toy, invariant, options)).toBe(everyOrder(toy, invariant).broken);
      }),
      { numRuns: 1200 },
    );
  });

  it('leaves nothing out for ever where threads run in circles', () => {
    fc.assert(
      fc.property(circularToys, invariants, fc.nat(1), (toy, invariant, samples) => {
        const { finals: all, broken } = everyOrder(toy, invariant);
        expect(finals(toy, { samples })).toEqual(all);
        expect(breaks(toy, invariant, { samples })).toBe(broken);
      }),
      { numRuns: 400 },
    );
  });

  it('thinks of who may wake a thread that sleeps', () => {
    const toy: Toy = {
      programs: [[['set', 0, 1]], [['await', 1, 1], ['load', 0, 0]], [['set', 1, 1]]],
      extra: [],
    };
    expect(finals(toy, {})).toEqual(everyOrder(toy).finals);
    expect(finals(toy, {})).toHaveLength(2);
  });

  it('does not go in circles while another thread waits', () => {
    const circle: Program = [['set', 0, 1], ['load', 0, 0], ['add', 1, 0], ['back', 0, 0]];
    const toy: Toy = { programs: [circle, [['set', 2, 1]]], extra: [] };
    const never: Invariant = { name: 'never', check: (c) => (c.get(cell(2)) === 1 ? 'it is' : null) };
    expect(breaks(toy, never, { samples: 1 })).toBe(true);
  });

  it('asks again after a store that changed nothing where it was first seen', () => {
    const load: Instruction = ['load', 2, 0];
    const toy: Toy = { programs: [[load, load, load, load, load, load, ['set', 0, 1]], [['set', 1, 1], ['set', 0, 1]]], extra: [] };
    const early: Invariant = { name: 'early', check: (c) => (c.get(cell(0)) === 1 && c.get(cell(1)) === 0 ? 'it is' : null) };
    for (const samples of [0, 1, 2, 3]) expect(breaks(toy, early, { samples })).toBe(true);
  });

  it('refuses an invariant that writes, or looks at what is private or only shown', () => {
    const toy: Toy = { programs: [[['set', 0, 1]]], extra: [] };
    const ask = (check: Invariant['check']) => () => explore(build(toy), nameAll([{ name: 'bad', check }]));
    expect(ask((c) => (c.set(cell(0), 2), null))).toThrow('an invariant only looks');
    expect(ask((c) => (c.get(slot('toy:own', { shared: false })), null))).toThrow('an invariant looks at toy:own');
    expect(ask((c) => (c.get(slot('toy:log', { hashed: false })), null))).toThrow('an invariant looks at toy:log');
  });

  it('tries one order of steps that have nothing to do with each other', () => {
    const toy: Toy = { programs: [0, 1, 2].map((at) => [['add', at, 0], ['load', at, 0], ['put', at, 0]]), extra: [] };
    expect(explore(build(toy), nameAll(), { reduce: false }).states).toBe(5 ** 3);
    expect(explore(build(toy), nameAll()).states).toBe(1 + 3 * 4);
  });

  it('tries both orders of two stores to one cell', () => {
    const toy: Toy = { programs: [[['set', 0, 1]], [['set', 0, 2]]], extra: [] };
    expect(explore(build(toy), nameAll()).terminals.size).toBe(2);
  });
});
