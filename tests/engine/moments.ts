import { frameAt } from '../../src/engine/delta.ts';
import type { Cell, RunSpec, Value } from '../../src/engine/protocol.ts';
import { Run } from '../../src/engine/run.ts';
import { type Scenario, scenarios } from '../../src/sim/index.ts';
import { toy, toyConfig } from './toy.ts';

/** A run of the toy, recorded to its end. */
export function toyRun(choices: RunSpec['choices'] = []): Run {
  return recorded(toy, { scenario: 'toy', config: toyConfig, choices });
}

/** A run of one of the real scenarios with one page a ring, recorded to its end. */
export function realRun(id: string): Run {
  const scenario = scenarios.find((one) => one.id === id)!;
  return recorded(scenario, {
    scenario: id,
    config: { ...scenario.defaults, txPages: 1, rxPages: 1, queues: 1 },
    choices: [],
  });
}

function recorded(scenario: Scenario, spec: RunSpec): Run {
  const run = new Run(scenario, spec);
  run.record(Infinity);
  return run;
}

/** All that the page would be shown at a position, from a picture of its own. */
export interface Moment {
  slots: ReadonlyMap<string, Value>;
  pages: ReadonlyMap<number, Uint8Array>;
}

export function momentAt(run: Run, position: number): Moment {
  run.timeline.seek(position);
  const { slots, pages } = frameAt(run, 0, null);
  return { slots: new Map(slots), pages: new Map(pages) };
}

/** What a cell holds at each position of the run. */
export function history(run: Run, cells: readonly Cell[]): Value[][] {
  const values: Value[][] = cells.map(() => []);
  for (let position = 0; position <= run.length; position++) {
    const moment = momentAt(run, position);
    cells.forEach((cell, index) => values[index]!.push(valueIn(moment, cell)));
  }
  return values;
}

function valueIn({ slots, pages }: Moment, cell: Cell): Value {
  if (cell.cell === 'slot') {
    return cell.part.reduce<Value>((value, field) => (value as Record<string, Value> | undefined)?.[field], slots.get(cell.name));
  }
  const page = pages.get(cell.frame) ?? new Uint8Array(4096);
  const bytes = page.subarray(cell.offset, cell.offset + cell.length);
  if (cell.mask === undefined) return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const wide = new Uint8Array(4);
  wide.set(bytes);
  return (new DataView(wide.buffer).getUint32(0, true) & cell.mask) >>> 0;
}
