import words from './en/queues.json';

/** The words for queues that are asked for and not made. */
export const queueWords = words;
