/** What each scenario is about: a few sentences, plain text, by its id. */
import words from './en/summaries.json';

export const summaries: Readonly<Record<string, string>> = words;
