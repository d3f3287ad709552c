import words from './en/caption.json';

/** The words of the caption of a narrow page's stage. */
export const captionWords = words;
