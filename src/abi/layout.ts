// A struct table gives the fields of a C struct in order; offsets, size and alignment follow from the C rules
// of x86_64 (every scalar is aligned to its own size, so u64 to 8; a struct to its widest member).
import type { Citation } from './cite.ts';

/** u64 also stands for a pointer or a guest handle. */
export type Scalar = 'u8' | 'u16' | 's16' | 'u32' | 'u64';

export interface BytesType {
  readonly kind: 'bytes';
  readonly length: number;
}

export interface ArrayType<T extends FieldType = FieldType> {
  readonly kind: 'array';
  readonly of: T;
  readonly length: number;
}

/**
 * A flexible array at the end of a struct: it has an offset and an element size, and adds nothing to the
 * size.
 */
export interface FlexType<T extends FieldType = FieldType> {
  readonly kind: 'flex';
  readonly of: T;
}

export interface Fields {
  readonly [name: string]: FieldType;
}

export interface Layout<F extends Fields = Fields> {
  readonly kind: 'struct' | 'union';
  /** The C name, with `struct` or `union` unless it is a typedef. */
  readonly name: string;
  readonly cite: Citation;
  /** Bytes. */
  readonly size: number;
  readonly align: number;
  readonly fields: F;
  /** Byte offset of each direct member. */
  readonly offsets: Readonly<Record<string, number>>;
}

export type FieldType = Scalar | BytesType | ArrayType | FlexType | Layout;

/** Names of members, and of members of members with a dot between: `'u.gso.size'`. */
export type PathOf<F extends Fields> = {
  [K in keyof F & string]: F[K] extends Layout<infer G> ? K | `${K}.${PathOf<G>}` : K;
}[keyof F & string];

const scalarSize: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, s16: 2, u32: 4, u64: 8 };

/** Bytes taken by a field; for a flexible array, by one element. */
export function sizeOf(type: FieldType): number {
  if (typeof type === 'string') return scalarSize[type];
  if (type.kind === 'bytes') return type.length;
  if (type.kind === 'array') return type.length * sizeOf(type.of);
  if (type.kind === 'flex') return sizeOf(type.of);
  return type.size;
}

function alignOf(type: FieldType): number {
  if (typeof type === 'string') return scalarSize[type];
  if (type.kind === 'bytes') return 1;
  if (type.kind === 'array' || type.kind === 'flex') return alignOf(type.of);
  return type.align;
}

function roundUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}

/** `length` raw bytes, aligned to 1. */
/* @__NO_SIDE_EFFECTS__ */
export function bytes(length: number): BytesType {
  return { kind: 'bytes', length };
}

/* @__NO_SIDE_EFFECTS__ */
export function array<const T extends FieldType>(of: T, length: number): ArrayType<T> {
  return { kind: 'array', of, length };
}

/* @__NO_SIDE_EFFECTS__ */
export function flex<const T extends FieldType>(of: T): FlexType<T> {
  return { kind: 'flex', of };
}

/** A C struct: members one after the other, each at its own alignment. */
/* @__NO_SIDE_EFFECTS__ */
export function struct<const F extends Fields>(name: string, cite: Citation, fields: F): Layout<F> {
  const offsets: Record<string, number> = {};
  let end = 0;
  let align = 1;
  for (const [field, type] of Object.entries(fields)) {
    const start = roundUp(end, alignOf(type));
    offsets[field] = start;
    align = Math.max(align, alignOf(type));
    end = typeof type === 'object' && type.kind === 'flex' ? start : start + sizeOf(type);
  }
  return { kind: 'struct', name, cite, size: roundUp(end, align), align, fields, offsets };
}

/** A C union: every member at offset 0, as large as the largest. */
/* @__NO_SIDE_EFFECTS__ */
export function union<const F extends Fields>(name: string, cite: Citation, fields: F): Layout<F> {
  const types = Object.values(fields);
  const align = Math.max(...types.map(alignOf));
  const size = roundUp(Math.max(...types.map(sizeOf)), align);
  const offsets = Object.fromEntries(Object.keys(fields).map((field) => [field, 0]));
  return { kind: 'union', name, cite, size, align, fields, offsets };
}

/**
 * Byte offset and size of a member, or undefined when the layout has no such member. The path is a plain
 * string, for names that come from a file; own code uses `offsetOf`, whose paths are checked by the compiler.
 */
export function findField(layout: Layout, path: string): { offset: number; size: number } | undefined {
  const [head = '', ...rest] = path.split('.');
  const type = Object.hasOwn(layout.fields, head) ? layout.fields[head] : undefined;
  const offset = layout.offsets[head];
  if (type === undefined || offset === undefined) return undefined;
  if (rest.length === 0) return { offset, size: sizeOf(type) };
  if (typeof type === 'string' || (type.kind !== 'struct' && type.kind !== 'union')) return undefined;
  const inner = findField(type, rest.join('.'));
  return inner && { offset: offset + inner.offset, size: inner.size };
}

/** Byte offset of a member within the layout: `offsetOf(netifTxRequest, 'size')` is 10. */
export function offsetOf<F extends Fields>(layout: Layout<F>, path: PathOf<F>): number {
  const found = findField(layout, path);
  if (!found) throw new RangeError(`${layout.name} has no member ${path}`);
  return found.offset;
}
