import words from './en/rings.json';

/** The words of the lens on the rings, which come with it. */
export const ringWords = words;
