import words from './en/bytes.json';

/** The words of what bytes of memory stand for. */
export const bytesWords = words;
