import words from './en/lenses.json';

/** The words around the lenses, which come with them; their names are among those of the page. */
export const lensWords = words;
