import words from './en/marks.json';

/** The words of marked steps. */
export const marksWords = words;
