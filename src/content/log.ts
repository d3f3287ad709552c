import words from './en/log.json';

/** The words of the log lens. They come with it. */
export const logWords = words;
