import words from './en/harm.json';

/** The words of where a bug does harm. */
export const harmWords = words;

const sentences: Readonly<Record<string, string>> = words.what;

/** What the bug of that scenario has done where it does harm. */
export function harmDone(scenario: string): string {
  return sentences[scenario] ?? '';
}
