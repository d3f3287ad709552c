/** The words of the help, which come when it opens. */
import help from './en/help.json';

export const helpWords = help;
