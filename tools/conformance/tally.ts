import type { Cursor } from './cursor.ts';

/** Something recorded that ours does differently. Values are as printed. */
export interface Divergence {
  readonly line: number;
  readonly where: string;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/** What one file came to. */
export interface Report {
  /** Tables or traces. */
  readonly groups: number;
  /** Facts or operations. */
  readonly items: number;
  readonly agree: number;
  readonly first: Divergence | undefined;
}

/** One comparison: what it is called, what was recorded, what ours gives (undefined: nothing). */
export type Check = readonly [field: string, expected: unknown, got: unknown];

/** Checks one table of a file. `root` is the whole file. */
export type TableCheck = (table: Cursor, tally: Tally, root: Cursor) => void;

/** Counts comparisons and keeps the first that fails. */
export class Tally {
  private groups = 0;
  private items = 0;
  private agree = 0;
  private first: Divergence | undefined;

  group(): void {
    this.groups++;
  }

  /** Counts one item, which agrees when every check of it does. Returns whether it did. */
  item(at: Cursor, where: string, ...checks: readonly Check[]): boolean {
    this.items++;
    const agrees = this.note(at, where, checks);
    if (agrees) this.agree++;
    return agrees;
  }

  /** Compares without counting an item. */
  note(at: Cursor, where: string, checks: readonly Check[]): boolean {
    const failed = checks.find(([, expected, got]) => show(expected) !== show(got));
    if (!failed) return true;
    const [field, expected, got] = failed;
    this.first ??= { line: at.line, where, field, expected: show(expected), got: show(got) };
    return false;
  }

  /** Counts an item that cannot be compared because something before it went wrong. */
  lost(): void {
    this.items++;
  }

  report(): Report {
    return { groups: this.groups, items: this.items, agree: this.agree, first: this.first };
  }
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
