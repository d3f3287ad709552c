import { words } from '../../content/words.ts';

/** Is it the program of an act? They all share the name by which their notes are kept. */
export function isAct(shown: string): boolean {
  return shown === 'you';
}

/** A function's name as people read it; an act is nobody's function. */
export function nameOf(shown: string): string {
  return isAct(shown) ? words.acts.act : shown;
}
