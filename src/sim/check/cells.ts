import { PAGE_WORDS } from '../machine/state.ts';

/** Words that count one by one at the beginning of a page (a ring's header); after them, lines of 64 words count as one. */
const SINGLE_WORDS = 16;
const LINE_WORDS = 64;

/** Numbers the cells of footprints densely. Lines of words are coarser than words, which is sound: more conflicts. */
export class Cells {
  /** Number + 1 by slot id, and by index of a word; 0 where there is none yet. */
  private slots = new Int32Array(1 << 10);
  private words = new Int32Array(1 << 14);
  /** How many there are. */
  size = 0;

  /** @param cell as in a footprint: a word's index, or ~slot id */
  number(cell: number): number {
    if (cell < 0) {
      if (~cell >= this.slots.length) this.slots = longer(this.slots, ~cell);
      return (this.slots[~cell] ||= ++this.size) - 1;
    }
    const at = cell % PAGE_WORDS < SINGLE_WORDS ? cell : cell | (LINE_WORDS - 1);
    if (at >= this.words.length) this.words = longer(this.words, at);
    return (this.words[at] ||= ++this.size) - 1;
  }
}

function longer(array: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(array.length * 2, index + 1));
  next.set(array);
  return next;
}
