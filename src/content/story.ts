import words from './en/story.json';

/** The words around a step: its note, its listing, what it changed and who says so. */
export const storyWords = words;
