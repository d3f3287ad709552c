import words from './en/choices.json';

/** The words of what could run next. */
export const choicesWords = words;
