import { grown } from '../../base/grown.ts';
import { lanesHex } from '../../base/hash.ts';
import { Frame } from './frame.ts';
import type { Op } from './program.ts';
import { Hashed, type Value } from './value.ts';

/** What the two lowest bits of a reference say that the others are. */
const KIND = { atom: 0, integer: 1, record: 2, mask: 3, bits: 2 } as const;

/** The reference to `undefined`: an array of references is at first one of nothing. */
const UNDEFINED = 0;

/** Records that were made of late, by their hash; frames and values at hand. Powers of two. */
const RECENT = 1 << 14;
const AT_HAND = 1 << 8;

/** The keys of a structure, in order; for the locals of a frame also where that frame stands. */
interface Shape {
  readonly number: number;
  readonly op: Op | undefined;
  readonly keys: readonly string[];
  /** Shapes of one key more. */
  readonly longer: Map<string, Shape>;
}

function refTo(number: number, kind: number): number {
  return (number << KIND.bits) | kind;
}

type Structure = { readonly [key: string]: Value };

/**
 * Values as numbers: a value that is put in becomes a reference of 32 bits, from which an equal value can be
 * made again. Small integers are their own reference; strings, large numbers and the like ("atoms") are kept
 * in a list. Lists, structures and stack frames become records in one array: what kind it is, then references
 * to the parts. A record equal to one made of late is that one.
 */
export class Pool {
  private ints = new Int32Array(1024);
  private size = 0;
  private readonly atoms: Value[] = [undefined];
  private readonly atomNumbers = new Map<Value, number>([[undefined, 0]]);
  /** Numbers of atoms that carry lanes, by them. */
  private readonly hashed = new Map<Value, number>();
  private readonly shapes: Shape[] = [];
  private readonly roots = new Map<Op | undefined, Shape>();
  /** Record + 1 by hash. */
  private readonly recent = new Int32Array(RECENT);
  /** The parts of the record that is being put together, above those of the ones that wait for it. */
  private parts = new Int32Array(256);
  private top = 0;
  /** Frames at hand by hash, and their references: callers are put in again with each frame above them. */
  private readonly frames: (Frame | undefined)[] = [];
  private readonly frameRefs = new Int32Array(AT_HAND);
  /** Values that were made, by record: frames made one after another share their callers. */
  private readonly made: Value[] = [];
  private readonly madeOf = new Int32Array(AT_HAND).fill(-1);

  /** The reference to a value. Equal values may have different ones. */
  put(value: Value): number {
    const small = typeof value === 'number' && (value << KIND.bits) >> KIND.bits === value;
    if (small) return refTo(value, KIND.integer);
    if (typeof value !== 'object' || value === null) return this.putAtom(value);
    if (value instanceof Frame) return this.putFrame(value);
    if (value instanceof Hashed) return this.putAtom(value, this.hashed, lanesHex(value.a, value.b));
    if (Array.isArray(value)) return this.putList(value as readonly Value[]);
    const from = this.begin();
    return this.keep(from, this.putFields(undefined, value as Structure));
  }

  /** What a reference stands for. */
  value(ref: number): Value {
    const kind = ref & KIND.mask;
    if (kind === KIND.integer) return ref >> KIND.bits;
    const at = ref >>> KIND.bits;
    if (kind === KIND.atom) return this.atoms[at];
    const place = at & (AT_HAND - 1);
    if (this.madeOf[place] === at) return this.made[place];
    const value = this.make(at);
    this.made[place] = value;
    this.madeOf[place] = at;
    return value;
  }

  /** Forgets every record that is newer than all of those that `refs` stand for. */
  cut(refs: Iterable<number>): void {
    let last = -1;
    for (const ref of refs) if ((ref & KIND.mask) === KIND.record) last = Math.max(last, ref >>> KIND.bits);
    this.size = last < 0 ? 0 : last + this.lengthOf(this.ints[last]!);
    this.recent.fill(0);
    this.frames.length = 0;
    this.made.length = 0;
    this.madeOf.fill(-1);
  }

  private putAtom(value: Value, numbers = this.atomNumbers, key = value): number {
    let number = numbers.get(key);
    if (number === undefined) {
      number = this.atoms.push(value) - 1;
      numbers.set(key, number);
    }
    return refTo(number, KIND.atom);
  }

  private putList(items: readonly Value[]): number {
    const from = this.begin();
    for (const item of items) this.part(this.put(item));
    return this.keep(from, ~items.length);
  }

  private putFrame(frame: Frame): number {
    const place = frame.a & (AT_HAND - 1);
    if (this.frames[place] === frame) return this.frameRefs[place]!;
    const parent = frame.parent ? this.putFrame(frame.parent) : UNDEFINED;
    const from = this.begin();
    this.part(parent);
    return this.remember(frame, this.keep(from, this.putFields(frame.op, frame.locals)));
  }

  private remember(frame: Frame, ref: number): number {
    const place = frame.a & (AT_HAND - 1);
    this.frames[place] = frame;
    this.frameRefs[place] = ref;
    return ref;
  }

  /** @returns the number of its shape */
  private putFields(op: Op | undefined, fields: Structure): number {
    let shape = this.roots.get(op) ?? this.root(op);
    for (const key in fields) {
      shape = shape.longer.get(key) ?? this.longer(shape, key);
      this.part(this.put(fields[key]));
    }
    return shape.number;
  }

  private root(op: Op | undefined): Shape {
    const made = this.shape(op, []);
    this.roots.set(op, made);
    return made;
  }

  private longer(shape: Shape, key: string): Shape {
    const made = this.shape(shape.op, [...shape.keys, key]);
    shape.longer.set(key, made);
    return made;
  }

  private shape(op: Op | undefined, keys: readonly string[]): Shape {
    const made = { number: this.shapes.length, op, keys, longer: new Map<string, Shape>() };
    this.shapes.push(made);
    return made;
  }

  /** Begins a record, with room for what kind it is. */
  private begin(): number {
    this.part(0);
    return this.top - 1;
  }

  private part(ref: number): void {
    if (this.top === this.parts.length) this.parts = grown(this.parts);
    this.parts[this.top++] = ref;
  }

  /** Ends the record that was begun at `from`. @param kind the number of its shape, or ~length of a list */
  private keep(from: number, kind: number): number {
    const { parts, recent } = this;
    const length = this.top - from;
    this.top = from;
    parts[from] = kind;
    let hash = 0;
    for (let i = from; i < from + length; i++) {
      hash = Math.imul(hash ^ (hash >>> 15) ^ parts[i]!, 0x9e3779b1);
    }
    const place = (hash ^ (hash >>> 15)) & (RECENT - 1);
    const known = recent[place]! - 1;
    if (known >= 0 && this.stands(known, from, length)) return refTo(known, KIND.record);
    if (this.size + length > this.ints.length) this.ints = grown(this.ints, this.size + length);
    const at = this.size;
    for (let i = 0; i < length; i++) this.ints[at + i] = parts[from + i]!;
    this.size += length;
    recent[place] = at + 1;
    return refTo(at, KIND.record);
  }

  /** Is the record at `at` the one put together at `from`? Records of one kind have one length. */
  private stands(at: number, from: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.ints[at + i] !== this.parts[from + i]) return false;
    return true;
  }

  /** @param kind of a record, see {@link keep} */
  private lengthOf(kind: number): number {
    if (kind < 0) return 1 + ~kind;
    const { op, keys } = this.shapes[kind]!;
    return 1 + (op ? 1 : 0) + keys.length;
  }

  private make(at: number): Value {
    const kind = this.ints[at]!;
    if (kind < 0) return Array.from({ length: ~kind }, (_, i) => this.value(this.ints[at + 1 + i]!));
    const { op, keys } = this.shapes[kind]!;
    const first = at + (op ? 2 : 1);
    const fields: { [key: string]: Value } = {};
    for (let i = 0; i < keys.length; i++) fields[keys[i]!] = this.value(this.ints[first + i]!);
    if (!op) return fields;
    const parent = this.value(this.ints[at + 1]!) as Frame | undefined;
    // The operations of a function are numbered one after another.
    const frame = new Frame(op, op.id - op.fn.code[0]!.id, fields, parent);
    this.remember(frame, refTo(at, KIND.record));
    return frame;
  }
}
