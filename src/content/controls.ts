import words from './en/controls.json';

/** The words of the whole page's header and settings, which a frame has none of. */
export const controlsWords = words;
