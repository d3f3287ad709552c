import words from './en/further.json';

/** Words about what does not show of a list on the stage. */
export const furtherWords = words;
