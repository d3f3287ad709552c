import words from './en/inquiry.json';

/** The words of the popover that says who wrote something. */
export const inquiryWords = words;
