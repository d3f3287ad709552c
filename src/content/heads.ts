import words from './en/heads.json';

/** What the heads of the grant table stand for. */
export const headWords = words;
