/** The words of the embedded page. */
import embed from './en/embed.json';

export const embedWords = embed;
