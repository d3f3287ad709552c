import words from './en/text.json';

/** The words of the state as text. */
export const textWords = words;
