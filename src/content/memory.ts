import words from './en/memory.json';

/** The words of the memory lens. They come with it. */
export const memoryWords = words;
