import type { Frame, Value } from '../engine/protocol.ts';

const PAGE_BYTES = 4096;

/** A page's bytes never change in place; `version` says when they last became others. */
export interface MirrorPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The mirror's version at the last change. */
  readonly version: number;
}

/** The engine's state as the frames so far tell it. Kept outside of React: panels select versions and decode lazily. */
export interface Mirror {
  /** Frames applied so far. */
  readonly version: number;
  readonly slots: ReadonlyMap<string, Value>;
  /** By machine frame; a page that is not here is all zeros. */
  readonly pages: ReadonlyMap<number, MirrorPage>;
  /** What the last frame brought: names of slots and machine frames of pages. After a keyframe, all of them. */
  readonly changed: { readonly slots: ReadonlySet<string>; readonly pages: ReadonlySet<number> };
  slot(name: string): Value;
  apply(frame: Frame): void;
}

/** A mirror of what another one shows, or an empty one: the first frame that it is given must be a keyframe. */
export function createMirror(of?: Mirror): Mirror {
  const slots = new Map(of?.slots);
  const pages = new Map(of?.pages);
  let version = of?.version ?? 0;
  let changedSlots = new Set<string>();
  let changedPages = new Set<number>();

  return {
    get version() {
      return version;
    },
    slots,
    pages,
    get changed() {
      return { slots: changedSlots, pages: changedPages };
    },
    slot: (name) => slots.get(name),
    apply(frame) {
      if (version === 0 && frame.kind !== 'key') throw new Error('a mirror must begin with a keyframe');
      version++;
      changedSlots = new Set();
      changedPages = new Set();
      if (frame.kind === 'key') clear();
      for (const [name, value] of frame.slots) {
        changedSlots.add(name);
        if (value === undefined) slots.delete(name);
        else slots.set(name, value);
      }
      for (const [mfn, bytes] of frame.pages) {
        changedPages.add(mfn);
        pages.set(mfn, { bytes, version });
      }
      applyWords(frame.words);
    },
  };

  function clear(): void {
    changedSlots = new Set(slots.keys());
    changedPages = new Set(pages.keys());
    slots.clear();
    pages.clear();
  }

  /** Triples of machine frame, byte offset and 32-bit word, little-endian as on the page. */
  function applyWords(words: Float64Array): void {
    for (let i = 0; i < words.length; i += 3) {
      const mfn = words[i]!;
      let page = pages.get(mfn);
      if (page?.version !== version) {
        page = { bytes: page?.bytes.slice() ?? new Uint8Array(PAGE_BYTES), version };
        pages.set(mfn, page);
      }
      changedPages.add(mfn);
      new DataView(page.bytes.buffer, page.bytes.byteOffset).setUint32(words[i + 1]!, words[i + 2]!, true);
    }
  }
}
