/**
 * How wide text is, without a font to measure it with: by a table of widths that are at least those of the wide fonts
 * among the usual ones (DejaVu Sans), so that what fits by it fits.
 */

/** How a text is set. */
export interface Type {
  readonly size: number;
  readonly mono?: boolean;
  readonly bold?: boolean;
}

/** Parts of the size, by character. */
const WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0.3: "'IJijl",
    0.35: ' ,./:;\\|·’‘',
    0.4: '()-[]ft›‹',
    0.45: '!r',
    0.52: '"*_`–“”▸',
    0.55: '?csz',
    0.6: 'FLkvxy',
    0.65: '$0123456789EPSTYabdeghnopqu{}',
    0.7: 'ABCKRVXZ',
    0.75: 'NU',
    0.8: '&DGHOQ',
    0.85: '#+<=>^w~×→←',
    0.9: 'M',
    0.95: '%',
  }).flatMap(([width, chars]) => Array.from(chars, (char) => [char, Number(width)] as const)),
);
/** Of every other character: an em is what the widest take, those of East Asia among them. */
const WIDEST = 1.05;
const MONO = 0.61;
/** What bold letters take more, on an average. */
const BOLD = 1.12;
const ELLIPSIS = '…';

/** The width of a text, in units of the drawing. */
export function widthOf(text: string, { size, mono = false, bold = false }: Type): number {
  let width = 0;
  for (const char of text) {
    const own = WIDTHS.get(char);
    // A fixed pitch holds for what the font has; other characters come from another one.
    if (mono) width += own === undefined && char > '~' && char !== ELLIPSIS ? WIDEST : MONO;
    else width += own ?? WIDEST;
  }
  return width * size * (bold && !mono ? BOLD : 1);
}

/** The text, cut with an ellipsis where it is wider than `width`; what is cut off is its end, or its beginning. */
export function fitted(text: string, width: number, type: Type, cut: 'end' | 'start' = 'end'): string {
  if (widthOf(text, type) <= width) return text;
  const chars = Array.from(text);
  while (chars.length > 0) {
    if (cut === 'end') chars.pop();
    else chars.shift();
    const rest = chars.join('').trim();
    const short = cut === 'end' ? `${rest}${ELLIPSIS}` : `${ELLIPSIS}${rest}`;
    if (widthOf(short, type) <= width) return short;
  }
  return '';
}

/** The text in at most so many lines; the last is cut where there is more. */
export function wrapped(text: string, width: number, type: Type, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ');
  for (const [at, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, type) <= width) line = longer;
    else if (lines.length === most - 1) return [...lines,
      fitted([line, ...words.slice(at)].join(' ').trim(), width, type)];
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  return [...lines, fitted(line, width, type)];
}
