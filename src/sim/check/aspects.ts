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
  private readonly words = new Map<number, number>();
  /** By slot id: the whole, with its fields below it. */
  private readonly slots: (Aspect | undefined)[] = [];
  /** How many there are. */
  private size = 0;

  word(cell: number): number {
    let found = this.words.get(cell);
    if (found === undefined) this.words.set(cell, (found = this.size++));
    return found;
  }

  /** A slot, whole. */
  slot(id: number): Aspect {
    return (this.slots[id] ??= this.made());
  }

  /** A field of what that is. */
  field(of: Aspect, key: string): Aspect {
    let found = of.fields.get(key);
    if (found === undefined) of.fields.set(key, (found = this.made()));
    return found;
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
      else if (!reads.has(cell)) changed.add(this.slot(~cell).number);
      else if (first !== undefined) this.differences(journal.oldValue(first), state.valueAt(~cell), this.slot(~cell), changed);
    }
    return changed;
  }

  private made(): Aspect {
    return { number: this.size++, fields: new Map() };
  }

  /** Notes the innermost fields in which two values of `aspect` differ. */
  private differences(old: Value, now: Value, aspect: Aspect, into: Set<number>): void {
    if (old === now) return;
    if (!isStructure(old) || !isStructure(now)) {
      into.add(aspect.number);
      return;
    }
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      this.differences(old[key], now[key], this.field(aspect, key), into);
    }
  }
}

/** A slot, or a field of what one holds. */
interface Aspect {
  readonly number: number;
  readonly fields: Map<string, Aspect>;
}

type Fields = { readonly [key: string]: Value };

function isStructure(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Hashed);
}

/** A machine as an invariant sees it: it can only look, and `note` is told at which aspects. */
export class Observer implements Context {
  readonly listening = false;
  readonly thread = '';
  private readonly handlers = new Map<Aspect, ProxyHandler<Fields>>();

  constructor(
    private readonly state: State,
    private readonly aspects: Aspects,
    private readonly onLook: (aspect: number) => void,
  ) {}

  get<T extends Value>(slot: Slot<T>): T | undefined {
    invariant(slot.shared && slot.hashed, `an invariant looks at ${slot.name}, which is private or only shown`);
    return this.watched(this.state.get(slot), this.aspects.slot(slot.id)) as T | undefined;
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

  private watched(value: Value, aspect: Aspect): Value {
    this.onLook(aspect.number);
    if (!isStructure(value)) return value;
    return new Proxy(value, this.handlerOf(aspect));
  }

  private handlerOf(aspect: Aspect): ProxyHandler<Fields> {
    let found = this.handlers.get(aspect);
    if (found === undefined) {
      found = {
        get: (fields, key) =>
          typeof key === 'string' ? this.watched(fields[key], this.aspects.field(aspect, key)) : undefined,
        has: () => this.refuse(),
        ownKeys: () => this.refuse(),
      };
      this.handlers.set(aspect, found);
    }
    return found;
  }
}
