import { PAGE_WORDS } from '../machine/state.ts';

/** Words that count one by one at the beginning of a page (a ring's header); after them, lines of 64 words count as one. */
const SINGLE_WORDS = 16;
const LINE_WORDS = 64;

/** Numbers the cells of footprints densely. Lines of words are coarser than words, which is sound: more conflicts. */
export class Cells {
  private readonly slots: number[] = [];
  private readonly words: number[] = [];
  /** How many there are. */
  size = 0;

  /** @param cell as in a footprint: a word's index, or ~slot id */
  number(cell: number): number {
    const list = cell < 0 ? this.slots : this.words;
    const at = cell < 0 ? ~cell : (cell % PAGE_WORDS < SINGLE_WORDS ? cell : cell | (LINE_WORDS - 1));
    return (list[at] ??= this.size++);
  }
}
