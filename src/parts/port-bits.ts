import { bytesWords as t } from '../content/bytes.ts';
import { fill } from '../content/words.ts';

/** The ports whose bits are set in a part of a bitmap that begins with port `first`; of many, those that are not. Pure. */
export function portsText(bytes: ArrayLike<number>, first: number, name: (port: number) => string = String): string {
  const count = bytes.length * 8;
  const numbers = Array.from({ length: count }, (_, i) => i);
  const set = numbers.filter((i) => ((bytes[i >> 3]! >> (i & 7)) & 1) === 1);
  const list = (some: readonly number[]): string => some.map((i) => name(first + i)).join(', ');
  const range = { from: first, to: first + count - 1 };
  if (set.length === 0) return t.noPorts;
  if (set.length === count) return fill(t.allPorts, range);
  if (set.length <= count / 2) return fill(t.ports, { list: list(set) });
  return fill(t.allBut, { ...range, list: list(numbers.filter((i) => !set.includes(i))) });
}
