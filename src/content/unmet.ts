import words from './en/unmet.json';

/** What is said where playing came to the end of a run past breakpoints that nothing met. */
export const unmetWords = words;
