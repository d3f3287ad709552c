import words from './en/ending.json';

/** The words of how a run ended. */
export const endingWords = words;
