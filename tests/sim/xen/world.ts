import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createDomain, type DomainSpec } from '../../../src/sim/xen/domain.ts';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import type { Context, Effect } from '../../../src/sim/machine/context.ts';
import { ret, step } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn } from '../../../src/sim/machine/program.ts';

export const DOM0 = 0;
export const DOMU = 5;
export const OTHER = 7;

/** A PV domain 0 and two PVH guests, 5 and 7; `change` is laid over every one of them. */
export function world(change: Partial<DomainSpec> = {}): Machine {
  const machine = new Machine(['t']);
  const usual = { vcpus: 2, maxGrantFrames: 4, maxMaptrackFrames: 2, maxPort: 1023 };
  createDomain(machine, { ...usual, id: DOM0, kind: 'pv', ...change });
  createDomain(machine, { ...usual, id: DOMU, kind: 'pvh', ...change });
  createDomain(machine, { ...usual, id: OTHER, kind: 'pvh', ...change });
  return machine;
}

let body: (c: Context) => void = () => {};

const oneCall = fn(
  'one_call',
  { cite: { project: 'RingScope', version: '', path: 'tests', symbol: 'one_call' }, party: 'xen' },
  [step('call', (c) => body(c)), ret()],
);

/** Runs `run` as one step of a thread, in which the machine allows one shared access. */
export function inOneStep<R>(machine: Machine, run: (c: Context) => R): { result: R; effects: Effect[] } {
  const found: R[] = [];
  body = (c) => found.push(run(c));
  machine.spawn('t', oneCall, {});
  const effects: Effect[] = [];
  machine.execute(machine.threads[0]!, effects);
  return { result: found[0]!, effects };
}

/** Writes a version 1 entry as a guest does at leisure. */
export function poke(
  c: Context,
  dom: number,
  ref: number,
  entry: { flags: number; domid: number; frame: number },
): void {
  const { frame, offset } = entryAddress(dom, ref);
  c.store32(frame, offset, entry.flags | (entry.domid << 16));
  c.store32(frame, offset + 4, entry.frame);
}

export function entryFlags(c: Context, dom: number, ref: number): number {
  const { frame, offset } = entryAddress(dom, ref);
  return c.load16(frame, offset);
}

/** The two lanes of the state's fingerprint. */
export function fingerprint(machine: Machine): readonly [number, number] {
  return [machine.state.a, machine.state.b];
}

/** What a replay compared, and where it differs from the recording. */
export class Comparison {
  readonly compared: Record<string, number> = {};
  readonly differences: string[] = [];

  /** Counts an operation whose result is compared. */
  count(op: string): void {
    this.compared[op] = (this.compared[op] ?? 0) + 1;
  }

  same(at: { i: number; op: string }, found: unknown, recorded: unknown): void {
    if (isDeepStrictEqual(found, recorded)) return;
    const [here, there] = [JSON.stringify(found), JSON.stringify(recorded)];
    this.differences.push(`operation ${at.i}, ${at.op}: ${here}, recorded ${there}`);
  }
}

/** The lines of a recording. */
export function recording(name: string): Record<string, never>[] {
  const text = readFileSync(new URL(`../../fixtures/xen/${name}`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, never>);
}
