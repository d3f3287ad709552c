/** The words of the dialog that shares a step. */
import share from './en/share.json';

export const shareWords = share;
