import words from './en/zoom.json';

/** The words of the map that a person moves about in. */
export const zoomWords = words;
