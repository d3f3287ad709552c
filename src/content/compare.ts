import words from './en/compare.json';

/** The words of the comparison of two steps. */
export const compareWords = words;
