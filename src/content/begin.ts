import words from './en/begin.json';

/** What there is to say before the first step. */
export const beginWords = words;
