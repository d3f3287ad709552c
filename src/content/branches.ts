import words from './en/branches.json';

/** Words about runs that leave each other. */
export const branchWords = words;
