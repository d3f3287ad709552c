import words from './en/said.json';

/** The words of what is said to screen readers at each step. */
export const saidWords = words;
