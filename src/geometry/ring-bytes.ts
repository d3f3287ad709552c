/** A ring drawn as a line of bytes, from its first page's first byte to its last page's last. */

/** How slots lie in bytes. */
interface SlotBytes {
  /** Bytes before slot 0. */
  readonly header: number;
  readonly slotSize: number;
  readonly slots: number;
}

/** Bytes from `from` on, `length` of them. */
export type Span = readonly [from: number, length: number];

/** Where `count` slots from free-running index `index` on lie: in two spans where they go past the last slot. */
export function spansOfSlots(index: number, count: number, { header, slotSize, slots }: SlotBytes): Span[] {
  const first = index % slots;
  const till = Math.min(first + count, slots);
  const spans: Span[] = [[header + first * slotSize, (till - first) * slotSize]];
  const rest = Math.min(first + count - till, first);
  if (rest > 0) spans.push([header, rest * slotSize]);
  return spans;
}

/** Place and size of a span in a box that stands for `total` bytes, as percentages. */
export function placeOfSpan([from, length]: Span, total: number): { left: string; width: string } {
  return { left: `${percent(from / total)}%`, width: `${percent(length / total)}%` };
}

/** The slot to which a point belongs, `share` (0 to 1) of the way along `total` bytes; null where no slot lies. */
export function slotAtShare(share: number, total: number, { header, slotSize, slots }: SlotBytes): number | null {
  const slot = Math.floor((share * total - header) / slotSize);
  return slot >= 0 && slot < slots ? slot : null;
}

function percent(share: number): number {
  return Math.round(share * 1e6) / 1e4;
}
