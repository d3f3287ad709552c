import words from './en/faithful.json';

/** The words around the list of how faithful the page is. */
export const faithfulWords = words;
