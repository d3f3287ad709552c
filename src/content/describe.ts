import words from './en/describe.json';

/** The words of what changed. */
export const describeWords = words;
