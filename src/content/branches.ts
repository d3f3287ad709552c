import words from './en/branches.json';

/** Words about runs that leave each other. */
export const branchWords = words;

/** Who runs, in words: threads have names, the scenario's own doings need one. */
export function runnerName(who: string): string {
  return who === 'story' ? words.story : who;
}
