// Ring pages as one range of addresses above, and their machine frames in machine memory below; 100 wide.

export interface FramesPage {
  readonly key: string;
  readonly ref: number;
  /** Its part of the range. */
  readonly from: number;
  readonly to: number;
  /** Its frame's place between the lowest and the highest. */
  readonly at: number;
  readonly hot: boolean;
}

interface Ring {
  readonly direction: 'tx' | 'rx';
  readonly scattered?: true;
  readonly pages: readonly {
    readonly index: number; readonly mfn: number; readonly ref: number | null; readonly handle: number | null;
    readonly forgotten?: true; readonly hot: boolean;
  }[];
}

const WIDTH = 100;
/** For the pages of one ring, beside those of the other, whether that is there or not. */
const HALF = 48;
const EDGE = 1.5;

/** A page that dom0 maps and has forgotten lies in no range of addresses, nor does one of a ring that has none yet. */
function isInRange({ scattered }: Ring, { handle, forgotten }: Ring['pages'][number]): boolean {
  return handle !== null && forgotten === undefined && scattered === undefined;
}

/** The pages of the rings that are mapped, ring beside ring, each with its frame's place among those of all pages. */
export function framesOf(rings: readonly Ring[]): FramesPage[] {
  // Mapped or not: no frame moves when another page is mapped, or no longer is.
  const frames = rings.flatMap(({ pages }) => pages.map(({ mfn }) => mfn));
  const lowest = Math.min(...frames);
  const span = Math.max(1, Math.max(...frames) - lowest);
  return rings.flatMap((ring) => {
    const { direction, pages } = ring;
    const start = direction === 'tx' ? 0 : WIDTH - HALF;
    const width = HALF / pages.length;
    return pages.flatMap((page): FramesPage[] => {
      const { index, mfn, ref, hot } = page;
      if (ref === null || !isInRange(ring, page)) return [];
      return [{
        key: `${direction}${index}`,
        ref,
        from: start + index * width,
        to: start + (index + 1) * width,
        at: EDGE + (mfn - lowest) / span * (WIDTH - 2 * EDGE),
        hot,
      }];
    });
  });
}
