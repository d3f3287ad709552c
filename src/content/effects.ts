import words from './en/effects.json';

/** The words of what a step did; `{field}` is one of the effect's. */
export const effectWords = words;
