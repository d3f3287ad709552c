/** The signs that a picture is made of, as on the page. */
import type { PageLife, WriterId } from '../store/view.ts';
import { circle, element, path, rect } from './svg.ts';
import type { Attributes, Box } from './svg.ts';
import type { Colour, Theme } from './theme.ts';

/** How text is set, by what it is for. */
export const TYPE = {
  heading: { size: 20, bold: true },
  zone: { size: 14, bold: true },
  name: { size: 12, bold: true },
  body: { size: 12 },
  small: { size: 11 },
  strong: { size: 11, bold: true },
  code: { size: 11, mono: true },
} as const;

/** What the current step changed, behind it. */
export function hot(box: Box, theme: Theme): string {
  return rect(box, { fill: theme.hot, stroke: theme['hot-edge'], 'stroke-width': 1, rx: 3 });
}

/** The sign of a page's life around a point: another shape each, so that colour is not the only sign. */
export function lifeSign(x: number, y: number, life: PageLife, theme: Theme, r = 4): string {
  const round = (stroke: Colour, fill?: Colour): string =>
    circle(x, y, r, { fill: fill === undefined ? 'none' : theme[fill], stroke: theme[stroke],
      'stroke-width': 1.25 });
  switch (life) {
    case 'allocated':
      return round('ink-2');
    case 'granted':
      return round('domU') + circle(x, y, 1.4, { fill: theme.domU });
    case 'mapped':
      return round('xen', 'xen');
    case 'unmapped':
      return round('domU')
        + path(`M${x - r * 0.7} ${y + r * 0.7}L${x + r * 0.7} ${y - r * 0.7}`,
          { stroke: theme.domU, 'stroke-width': 1.25 });
    case 'revoked':
      return path(`M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}`,
        { stroke: theme['ink-2'], 'stroke-width': 1.5 });
  }
}

/** How the box of a page looks in each life; 'absent': where dom0 does not map it. */
export function pageLook(
  life: PageLife | 'absent', theme: Theme,
): Readonly<Record<string, string | number | undefined>> {
  switch (life) {
    case 'allocated':
      return { fill: theme.surface, stroke: theme['line-strong'] };
    case 'granted':
      return { fill: theme['domU-soft'], stroke: theme.domU, 'stroke-dasharray': '3 2' };
    case 'mapped':
      return { fill: theme['xen-soft'], stroke: theme.xen };
    case 'unmapped':
      return { fill: theme.surface, stroke: theme.domU, 'stroke-dasharray': '3 2' };
    case 'revoked':
    case 'absent':
      return { fill: 'none', stroke: theme['line-strong'], 'stroke-dasharray': '3 2' };
  }
}

/** Of a bit that is set or not. */
export function lamp(x: number, y: number, on: boolean, colour: string, off: string): string {
  return circle(x, y, 4, on ? { fill: colour, stroke: colour } : { fill: 'none', stroke: off });
}

/** Of a masked port: a square, so that the two bits differ by their shape. */
export function squareLamp(x: number, y: number, on: boolean, colour: string, off: string): string {
  return rect({ x: x - 3.5, y: y - 3.5, width: 7, height: 7 },
    on ? { fill: colour, stroke: colour } : { fill: 'none', stroke: off });
}

/** Who wrote a key last: a disc for domU, a square for dom0, a triangle for the toolstack, point down for its script. */
export function writerMark(x: number, y: number, writer: WriterId | null, theme: Theme): string {
  switch (writer) {
    case 'domU':
      return circle(x, y, 3.5, { fill: theme.domU });
    case 'dom0':
      return rect({ x: x - 3.5, y: y - 3.5, width: 7, height: 7 }, { fill: theme.dom0 });
    case 'toolstack':
      return path(`M${x} ${y - 4}L${x + 4} ${y + 3.5}H${x - 4}Z`, { fill: theme.toolstack });
    case 'script':
      return path(`M${x} ${y + 4}L${x + 4} ${y - 3.5}H${x - 4}Z`, { fill: theme.toolstack });
    default:
      return '';
  }
}

/** Somebody watches. */
export function eye(x: number, y: number, colour: string): string {
  return path(`M${x - 5.2} ${y}C${x - 3.7} ${y - 2.4} ${x - 2} ${y - 3.5} ${x} ${y - 3.5}S${x + 3.7} ${y - 2.4} ${x + 5.2} ${y}`
    + `C${x + 3.7} ${y + 2.4} ${x + 2} ${y + 3.5} ${x} ${y + 3.5}S${x - 3.7} ${y + 2.4} ${x - 5.2} ${y}Z`, { stroke: colour, 'stroke-width': 1 })
    + circle(x, y, 1.6, { fill: colour });
}

const HATCH = 'ringscope-hatch';
const STRIPES = 'ringscope-stripes';

/** Over a page that no entry of the ring ever touches. */
export const HATCHED = `url(#${HATCH})`;
/** Over what is filled, to tell it from what has another colour. */
export const STRIPED = `url(#${STRIPES})`;

function lines(id: string, step: number, attributes: Attributes): string {
  return element(
    'pattern', { id, width: step, height: step, patternUnits: 'userSpaceOnUse',
      patternTransform: 'rotate(45)' },
    path(`M0 0V${step}`, attributes),
  );
}

/** The patterns that {@link HATCHED} and {@link STRIPED} need in the document. */
export function patterns(theme: Theme): string {
  return lines(HATCH, 6, { stroke: theme['ink-3'], 'stroke-width': 1.6, 'stroke-opacity': 0.3 })
    + lines(STRIPES, 3, { stroke: theme.surface, 'stroke-width': 1.6 });
}

/** An entry that lies on two pages: a bar across the seam. */
export function seamBar(x: number, y: number, theme: Theme, width = 12): string {
  return rect({ x: x - width / 2, y: y - 3, width, height: 6 },
    { fill: theme.ink, stroke: theme.surface, rx: 2 });
}

/** A page's box. */
export function pageBox(
  box: Box, look: { life: PageLife | 'absent'; hot: boolean; untouched: boolean }, theme: Theme,
): string {
  const style = look.hot
    ? { fill: theme.hot, stroke: theme['hot-edge'], 'stroke-width': 2 }
    : pageLook(look.life, theme);
  return rect(box, { rx: 3, ...style }) + (look.untouched ? rect(box, { rx: 3, fill: HATCHED }) : '');
}

