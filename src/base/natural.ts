/** Digits as the number that they are, for any that a name of ours has. */
function padded(name: string): string {
  return name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
}

/** Orders names with numbers in them as people do, queue 2 before queue 10. A browser's collator takes ten milliseconds to make. */
export function byNumbers(a: string, b: string): number {
  const [one, other] = [padded(a), padded(b)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
