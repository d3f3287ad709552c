// Recorded data is checked as it is read: a cursor is a value together with its place in the file.
import { lineOfSyntaxError, lineOfValue } from './json-lines.ts';
import type { JsonPath } from './json-lines.ts';

/** The input is not what the format says; `line` is counted from 1. */
export class InputError extends Error {
  constructor(readonly line: number, message: string) {
    super(message);
  }
}

export class Cursor {
  constructor(
    readonly value: unknown,
    private readonly path: JsonPath,
    private readonly lineOf: (path: JsonPath) => number,
  ) {}

  /** The line of the value. Looked up when asked for, since only messages need it. */
  get line(): number {
    return this.lineOf(this.path);
  }

  fail(message: string): never {
    const where = this.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    throw new InputError(this.line, where === '' ? message : `${where.replace(/^\./, '')}: ${message}`);
  }

  private child(key: string | number, value: unknown): Cursor {
    return new Cursor(value, [...this.path, key], this.lineOf);
  }

  entries(): [string, Cursor][] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('expected an object');
    return Object.entries(value).map(([key, item]) => [key, this.child(key, item)]);
  }

  field(name: string): Cursor {
    const found = this.entries().find(([key]) => key === name);
    return found ? found[1] : this.fail(`has no '${name}'`);
  }

  /** The items of an array; of exactly `length` when given. */
  items(length?: number): Cursor[] {
    const { value } = this;
    if (!Array.isArray(value)) this.fail('expected an array');
    if (length !== undefined && value.length !== length) {
      this.fail(`expected ${length} items, found ${value.length}`);
    }
    return value.map((item, index) => this.child(index, item));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.fail('expected a string');
  }

  integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isInteger(value)) this.fail('expected an integer');
    if (value < min || value > max) this.fail(`${value} is not in ${min}..${max}`);
    return value;
  }

  /** Integers of an array; of exactly `length` when given. */
  integers(length?: number): number[] {
    return this.items(length).map((item) => item.integer());
  }

  /** Digits of a hexadecimal number without prefix. */
  hexNumber(): bigint {
    const text = this.text();
    if (!/^[\da-f]+$/i.test(text)) this.fail(`'${text}' is not a hexadecimal number`);
    return BigInt(`0x${text}`);
  }

  /** Bytes written as pairs of hexadecimal digits. */
  hexBytes(): Uint8Array {
    const text = this.text();
    if (!/^(?:[\da-f]{2})*$/i.test(text)) this.fail(`'${text}' is not bytes in hexadecimal`);
    return Uint8Array.from(Buffer.from(text, 'hex'));
  }
}

/** A whole file as one JSON value. Throws an InputError when it is not JSON. */
export function jsonDocument(text: string): Cursor {
  try {
    return new Cursor(JSON.parse(text), [], (path) => lineOfValue(text, path));
  } catch {
    throw new InputError(lineOfSyntaxError(text), 'not JSON');
  }
}

/** A file with one JSON value on every line that is not blank. */
export function jsonLines(text: string): Cursor[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [new Cursor(JSON.parse(line), [], () => index + 1)];
    } catch {
      throw new InputError(index + 1, 'not JSON');
    }
  });
}

/** A table `{columns: [name...], rows: [[value...]...]}`: each row by column name. */
export function tableRows(table: Cursor): { row: Cursor; cells: Map<string, Cursor> }[] {
  const columns = table.field('columns').items().map((column) => column.text());
  if (new Set(columns).size !== columns.length) table.field('columns').fail('a column occurs twice');
  return table.field('rows').items().map((row) => {
    const items = row.items(columns.length);
    const cells = new Map(items.map((cell, i): [string, Cursor] => [columns[i] ?? '', cell]));
    return { row, cells };
  });
}
