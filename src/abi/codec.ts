// Readers and writers for the layouts of layout.ts. Little-endian, as on x86 and Arm.
import { sizeOf } from './layout.ts';
import type { ArrayType, BytesType, FieldType, Fields, FlexType, Layout, Scalar } from './layout.ts';

/** Memory addressed by byte offset. 16-bit and 32-bit accesses are made at multiples of 2 and 4. */
export interface Memory {
  load8(off: number): number;
  load16(off: number): number;
  load32(off: number): number;
  store8(off: number, value: number): void;
  store16(off: number, value: number): void;
  store32(off: number, value: number): void;
}

/**
 * A field as read: u64 is a bigint (and nothing else is), bytes a fresh Uint8Array, a union all its members.
 */
export type ValueOf<T extends FieldType> =
  T extends 'u64' ? bigint
  : T extends Scalar ? number
  : T extends BytesType ? Uint8Array
  : T extends ArrayType<infer U> ? ValueOf<U>[]
  : T extends Layout<infer F> ? { [K in keyof F as F[K] extends FlexType ? never : K]: ValueOf<F[K]> }
  : never;

/** What a writer takes: members left out are left as they are in memory. */
export type InputOf<T extends FieldType> =
  T extends 'u64' ? bigint
  : T extends Scalar ? number
  : T extends BytesType ? Uint8Array
  : T extends ArrayType<infer U> ? readonly InputOf<U>[]
  : T extends Layout<infer F> ? { [K in keyof F as F[K] extends FlexType ? never : K]?: InputOf<F[K]> }
  : never;

const ranges: Readonly<Record<Exclude<Scalar, 'u64'>, readonly [number, number]>> = {
  u8: [0, 0xff], u16: [0, 0xffff], s16: [-0x8000, 0x7fff], u32: [0, 0xffffffff],
};

/** A Uint8Array as memory; offset 0 is its first byte. Accesses outside throw a RangeError. */
export function bytesMemory(data: Uint8Array): Memory {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return {
    load8: (off) => view.getUint8(off),
    load16: (off) => view.getUint16(off, true),
    load32: (off) => view.getUint32(off, true),
    store8: (off, value) => view.setUint8(off, value),
    store16: (off, value) => view.setUint16(off, value, true),
    store32: (off, value) => view.setUint32(off, value, true),
  };
}

function readScalar(type: Scalar, mem: Memory, at: number): number | bigint {
  if (type === 'u8') return mem.load8(at);
  if (type === 'u16') return mem.load16(at);
  if (type === 's16') return (mem.load16(at) << 16) >> 16;
  if (type === 'u32') return mem.load32(at);
  return (BigInt(mem.load32(at + 4)) << 32n) | BigInt(mem.load32(at));
}

function readAny(type: FieldType, mem: Memory, at: number): unknown {
  if (typeof type === 'string') return readScalar(type, mem, at);
  if (type.kind === 'bytes') return Uint8Array.from({ length: type.length }, (_, i) => mem.load8(at + i));
  if (type.kind === 'array') {
    const step = sizeOf(type.of);
    return Array.from({ length: type.length }, (_, i) => readAny(type.of, mem, at + i * step));
  }
  if (type.kind === 'flex') throw new TypeError('the number of elements of a flexible array is not known');
  const entries = Object.entries(type.fields).filter(([, field]) => !isFlex(field));
  return Object.fromEntries(
    entries.map(([name, field]) => [name, readAny(field, mem, at + (type.offsets[name] ?? 0))]),
  );
}

function writeScalar(type: Scalar, mem: Memory, at: number, value: unknown, where: string): void {
  if (type === 'u64') {
    if (typeof value !== 'bigint' || value < 0n || value >= 1n << 64n) misfit(value, type, where);
    mem.store32(at, Number(value & 0xffffffffn));
    mem.store32(at + 4, Number(value >> 32n));
    return;
  }
  const [min, max] = ranges[type];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    misfit(value, type, where);
  }
  if (type === 'u8') mem.store8(at, value);
  else if (type === 'u32') mem.store32(at, value);
  else mem.store16(at, value & 0xffff);
}

function writeAny(type: FieldType, mem: Memory, at: number, value: unknown, where: string): void {
  if (typeof type === 'string') {
    writeScalar(type, mem, at, value, where);
  } else if (type.kind === 'bytes') {
    if (!(value instanceof Uint8Array) || value.length !== type.length) {
      misfit(value, `bytes(${type.length})`, where);
    }
    value.forEach((byte, i) => mem.store8(at + i, byte));
  } else if (type.kind === 'array') {
    if (!Array.isArray(value) || value.length > type.length) misfit(value, `array(${type.length})`, where);
    const step = sizeOf(type.of);
    value.forEach((item, i) => writeAny(type.of, mem, at + i * step, item, `${where}[${i}]`));
  } else if (type.kind === 'flex') {
    misfit(value, 'a flexible array', where);
  } else {
    if (typeof value !== 'object' || value === null) misfit(value, type.name, where);
    for (const [name, item] of Object.entries(value)) {
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (field === undefined) throw new RangeError(`${where} has no member ${name}`);
      writeAny(field, mem, at + (type.offsets[name] ?? 0), item, `${where}.${name}`);
    }
  }
}

function isFlex(type: FieldType): type is FlexType {
  return typeof type === 'object' && type.kind === 'flex';
}

function misfit(value: unknown, type: string, where: string): never {
  throw new RangeError(`${where}: ${String(value)} does not fit ${type}`);
}

/** Reads the whole layout at byte offset `at`. */
export function read<F extends Fields>(layout: Layout<F>, mem: Memory, at = 0): ValueOf<Layout<F>> {
  // readAny builds exactly the shape that ValueOf computes from the same table.
  return readAny(layout, mem, at) as ValueOf<Layout<F>>;
}

/**
 * Writes the given members at byte offset `at` and touches no other byte. An array may be given shorter: its
 * first elements are written. Throws a RangeError that names the member when a value does not fit.
 */
export function write<F extends Fields>(
  layout: Layout<F>, mem: Memory, at: number, value: InputOf<Layout<F>>,
): void {
  writeAny(layout, mem, at, value, layout.name);
}

/** The layout as fresh bytes: the given members, zero elsewhere. */
export function encode<F extends Fields>(layout: Layout<F>, value: InputOf<Layout<F>>): Uint8Array {
  const data = new Uint8Array(layout.size);
  write(layout, bytesMemory(data), 0, value);
  return data;
}

/**
 * The members of the layout held in the first `layout.size` bytes. Throws a RangeError when there are fewer.
 */
export function decode<F extends Fields>(layout: Layout<F>, data: Uint8Array): ValueOf<Layout<F>> {
  return read(layout, bytesMemory(data));
}
