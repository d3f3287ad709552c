/** Pictures that follow each other as one list of parts, in which what several have in common stands once. */

/** Markup, and the pictures that it is on, ascending, from 0. */
export interface Part {
  readonly svg: string;
  readonly on: readonly number[];
}

/** The outermost elements of markup that this folder wrote: no text stands between them, no `>` in an attribute. */
export function elementsOf(markup: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let begin = 0;
  for (const { 0: tag, index } of markup.matchAll(/<[^>]*>/g)) {
    if (depth === 0) begin = index;
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) depth++;
    if (depth === 0) found.push(markup.slice(begin, index + tag.length));
  }
  return found;
}

/**
 * The parts of all pictures, each given as its elements from back to front. Whoever draws of them those of one
 * picture, in their order, draws that picture.
 */
export function merged(pictures: readonly (readonly string[])[]): Part[] {
  let parts: Part[] = [];
  for (const [n, elements] of pictures.entries()) {
    const next: Part[] = [];
    let from = 0;
    let to = 0;
    for (const [part, element] of [...inCommon(parts, elements), [parts.length, elements.length] as const]) {
      // Parts that are not on this picture may stand before or behind what only this one has: nobody sees both.
      next.push(...parts.slice(from, part));
      next.push(...elements.slice(to, element).map((svg) => ({ svg, on: [n] })));
      const shared = parts[part];
      if (shared !== undefined) next.push({ svg: shared.svg, on: [...shared.on, n] });
      [from, to] = [part + 1, element + 1];
    }
    parts = next;
  }
  return parts;
}

/** A pair of equal things, and the chain of pairs before it. */
interface Link {
  readonly part: number;
  readonly element: number;
  readonly before: Link | undefined;
}

/** The longest list of pairs (index of a part, index of an element equal to it) that ascends in both. */
function inCommon(parts: readonly Part[], elements: readonly string[]): (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  for (const [at, { svg }] of parts.entries()) {
    const known = places.get(svg);
    if (known === undefined) places.set(svg, [at]);
    else known.unshift(at);
  }
  // Of the chains of each length the one whose last part stands first: Hunt and Szymanski's way.
  const ends: Link[] = [];
  for (const [element, svg] of elements.entries()) {
    for (const part of places.get(svg) ?? []) {
      const length = firstFrom(ends, part);
      ends[length] = { part, element, before: ends[length - 1] };
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.before) pairs.push([link.part, link.element]);
  return pairs.reverse();
}

/** How many chains end before that part. */
function firstFrom(ends: readonly Link[], part: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]!.part < part) low = middle + 1;
    else high = middle;
  }
  return low;
}
