import words from './en/search.json';

/** Words of the search. */
export const searchWords = words;
