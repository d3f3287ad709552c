import words from './en/doings.json';

/** The words of what threads do, what references are taken for and what ports are for. */
export const doingWords = words;
