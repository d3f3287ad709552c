import { hashString, mixA, mixB, type Lanes } from '../../base/hash.ts';
import { invariant } from '../../base/invariant.ts';

/**
 * What a slot or a local may hold: immutable plain data. Objects are compared and hashed by content;
 * a key whose value is `undefined` counts as absent.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Hashed
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A value that carries its own lanes, computed once when it is made. */
export abstract class Hashed implements Lanes {
  abstract readonly a: number;
  abstract readonly b: number;
}

/** The lanes of the value last given to {@link hashValue}; read them at once. */
export const lanes = { a: 0, b: 0 };

const UNDEFINED = hashString('undefined');
const NULL = hashString('null');
const TRUE = hashString('true');
const FALSE = hashString('false');
const ARRAY = hashString('array');
const OBJECT = hashString('object');
const NUMBER = hashString('number');

function set(from: Lanes): void {
  lanes.a = from.a;
  lanes.b = from.b;
}

/** Hashes `value` by content into {@link lanes}. Cost is linear in its size, but for {@link Hashed} parts. */
export function hashValue(value: Value): void {
  switch (typeof value) {
    case 'number':
      invariant(Number.isSafeInteger(value), `a value must be a safe integer, not ${value}`);
      lanes.a = mixA(NUMBER.a ^ Math.floor(value / 0x1_0000_0000), value | 0);
      lanes.b = mixB(NUMBER.b ^ Math.floor(value / 0x1_0000_0000), value | 0);
      return;
    case 'string':
      return set(hashString(value));
    case 'boolean':
      return set(value ? TRUE : FALSE);
    case 'undefined':
      return set(UNDEFINED);
    default:
  }
  if (value === null) return set(NULL);
  if (value instanceof Hashed) return set(value);
  if (Array.isArray(value)) return hashArray(value as readonly Value[]);
  hashObject(value as { readonly [key: string]: Value });
}

function hashArray(items: readonly Value[]): void {
  let a = ARRAY.a ^ items.length;
  let b = ARRAY.b ^ items.length;
  for (const item of items) {
    hashValue(item);
    a = mixA(a, lanes.a);
    b = mixB(b, lanes.b);
  }
  lanes.a = a;
  lanes.b = b;
}

/** A sum over the keys: the order in which they were set must not matter. */
function hashObject(object: { readonly [key: string]: Value }): void {
  let a = OBJECT.a;
  let b = OBJECT.b;
  for (const key in object) {
    const item = object[key];
    if (item === undefined) continue;
    const name = hashString(key);
    hashValue(item);
    a = (a + mixA(name.a, lanes.a)) | 0;
    b = (b + mixB(name.b, lanes.b)) | 0;
  }
  lanes.a = a;
  lanes.b = b;
}
