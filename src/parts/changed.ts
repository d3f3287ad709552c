/** What a step changed or read, in the document. What can be seen elsewhere as well is only who acts, and a caption says that. */
export const CHANGED = '[data-hot]:not([data-elsewhere])';
