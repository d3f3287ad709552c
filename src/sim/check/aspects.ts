import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import type { Footprint } from '../machine/footprint.ts';
import type { Slot } from '../machine/slot.ts';
import type { State } from '../machine/state.ts';
import { Hashed, type Value } from '../machine/value.ts';

/**
 * What invariants may depend on, finer than cells: a word, or a field (of a field...) of what a slot holds. A step that
 * changes one field of a structure does not concern an invariant that looks at another.
 */
export class Aspects {
  /** By word, by ~slot, or by slot and path. */
  private readonly known = new Map<number | string, number>();

  word(cell: number): number {
    return this.number(cell);
  }

  /** @param path names of fields, a dot before each; empty for the whole */
  slot(id: number, path: string): number {
    return this.number(path === '' ? ~id : `${id}${path}`);
  }

  /** The aspects that a step changed; its writes stand in the journal from `mark` on. */
  changed(state: State, footprint: Footprint, mark: number): ReadonlySet<number> {
    const { journal } = state;
    const changed = new Set<number>();
    const reads = new Set(footprint.reads.subarray(0, footprint.readCount));
    const before = new Map<number, number>();
    for (let i = journal.size - 1; i >= mark; i--) before.set(journal.cell(i), i);
    for (const cell of new Set(footprint.writes.subarray(0, footprint.writeCount))) {
      const first = before.get(cell);
      if (cell >= 0) changed.add(this.word(cell));
      // A slot that was written unread may have held anything.
      else if (!reads.has(cell)) changed.add(this.slot(~cell, ''));
      else if (first !== undefined) {
        differences(journal.oldValue(first), state.valueAt(~cell), '', (path) => changed.add(this.slot(~cell, path)));
      }
    }
    return changed;
  }

  private number(name: number | string): number {
    let found = this.known.get(name);
    if (found === undefined) this.known.set(name, (found = this.known.size));
    return found;
  }
}

type Fields = { readonly [key: string]: Value };

function isStructure(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Hashed);
}

/** Names the innermost fields in which two values differ. */
function differences(old: Value, now: Value, path: string, report: (path: string) => void): void {
  if (old === now) return;
  if (!isStructure(old) || !isStructure(now)) return report(path);
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    differences(old[key], now[key], `${path}.${key}`, report);
  }
}

/** A machine as an invariant sees it: it can only look, and `note` is told at which aspects. */
export class Observer implements Context {
  readonly listening = false;
  readonly thread = '';

  constructor(
    private readonly state: State,
    private readonly aspects: Aspects,
    private readonly onLook: (aspect: number) => void,
  ) {}

  get<T extends Value>(slot: Slot<T>): T | undefined {
    invariant(slot.shared && slot.hashed, `an invariant looks at ${slot.name}, which is private or only shown`);
    return this.watched(this.state.get(slot), slot.id, '') as T | undefined;
  }

  load32(frame: number, offset: number): number {
    this.onLook(this.aspects.word(this.state.cellOf(frame, offset)));
    return this.state.load32(frame, offset);
  }

  load16(frame: number, offset: number): number {
    this.onLook(this.aspects.word(this.state.cellOf(frame, offset)));
    return this.state.load16(frame, offset);
  }

  enter(): void {}
  leave(): void {}
  note(): void {}

  set(): never {
    return this.refuse();
  }
  store16(): never {
    return this.refuse();
  }
  store32(): never {
    return this.refuse();
  }
  spawn(): never {
    return this.refuse();
  }
  stop(): never {
    return this.refuse();
  }
  fence(): void {}

  private refuse(): never {
    throw new TypeError('an invariant only looks');
  }

  private watched(value: Value, id: number, path: string): Value {
    this.onLook(this.aspects.slot(id, path));
    if (!isStructure(value)) return value;
    return new Proxy(value, {
      get: (fields, key) => (typeof key === 'string' ? this.watched(fields[key], id, `${path}.${key}`) : undefined),
      has: () => this.refuse(),
      ownKeys: () => this.refuse(),
    });
  }
}
