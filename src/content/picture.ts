import words from './en/picture.json';

/** The words of pictures of a step. */
export const pictureWords = words;
