import words from './en/values.json';

/** The words of values that have none of their own. */
export const valueWords = words;
