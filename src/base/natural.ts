/**
 * What to order a name with numbers in it by, so that queue 2 comes before queue 10, as for people: digits stand as the
 * number that they are, for any that a name of ours has. A browser's collator takes ten milliseconds to make.
 */
export function numbersPadded(name: string): string {
  return name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
}
