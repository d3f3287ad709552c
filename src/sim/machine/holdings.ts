import { grown } from '../../base/grown.ts';
import { Pool } from './pool.ts';
import type { Value } from './value.ts';

/**
 * What every slot holds, by its id, as a reference into a pool. So each write of a packed journal is two
 * references, of which the older is at hand already; and a journey along it moves numbers only.
 */
export class Holdings {
  readonly pool = new Pool();
  private refs = new Int32Array(256);
  /** The references of the slots that a journey has met, as they were when it met them. */
  private before = new Int32Array(256);
  /** The values themselves. */
  private readonly values: Value[] = [];
  /** The slots that the journey has met; by slot, the last journey that met it. */
  private readonly met: number[] = [];
  private meetings = new Int32Array(256);
  private journey = 1;

  /** The reference to `value`, which slot `id` has held: the one at hand, unless the state was changed unseen. */
  held(id: number, value: Value): number {
    this.reach(id);
    return this.values[id] === value ? this.refs[id]! : this.pool.put(value);
  }

  /** From now on slot `id` holds `value`. @returns the reference to it */
  hold(id: number, value: Value): number {
    this.values[id] = value;
    return (this.refs[id] = this.pool.put(value));
  }

  /** On a journey: slot `id` holds what `ref` stands for. The value is made once, at the end. */
  pass(id: number, ref: number): void {
    if (this.meetings[id] !== this.journey) {
      this.meetings[id] = this.journey;
      this.before[id] = this.refs[id]!;
      this.met.push(id);
    }
    this.refs[id] = ref;
  }

  /** Ends a journey: tells what each slot that it met holds now. */
  arrive(tell: (id: number, value: Value) => void): void {
    for (const id of this.met) {
      if (this.refs[id] !== this.before[id]) this.values[id] = this.pool.value(this.refs[id]!);
      tell(id, this.values[id]);
    }
    this.met.length = 0;
    this.journey++;
  }

  /** The references to what the slots hold now. */
  current(): Iterable<number> {
    return this.refs;
  }

  private reach(id: number): void {
    if (id < this.refs.length) return;
    this.refs = grown(this.refs, id + 1);
    this.before = grown(this.before, id + 1);
    this.meetings = grown(this.meetings, id + 1);
  }
}
