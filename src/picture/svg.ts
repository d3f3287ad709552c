/** SVG as text. Whatever is written into it is data, and escaped here. */
import { fitted } from './text.ts';
import type { Type } from './text.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where something is drawn that takes as much height as it needs. */
export interface Strip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const FAMILIES = {
  sans: 'ui-sans-serif, system-ui, sans-serif',
  mono: 'ui-monospace, monospace',
} as const;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;',
  "'": '&apos;' };

/** What XML has no way to say: most control characters, halves of surrogate pairs, two code points that are none. */
// oxlint-disable-next-line no-control-regex
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as it may stand in an element or an attribute. */
export function escaped(text: string): string {
  return text.replaceAll(UNSAYABLE, '\ufffd').replaceAll(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** A number with as many digits as can be seen. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** An element; attributes that are undefined are left out. `content` is markup. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(value!)}"`)
    .join('');
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join('')}</${name}>`;
}

/** A group whose tooltip, and name for those who read it, is `title`. */
export function titled(title: string, ...content: readonly string[]): string {
  return element('g', {}, element('title', {}, escaped(title)), ...content);
}

export function rect({ x, y, width, height }: Box, attributes: Attributes): string {
  return element('rect', { x, y, width, height, ...attributes });
}

export function circle(cx: number, cy: number, r: number, attributes: Attributes): string {
  return element('circle', { cx, cy, r, ...attributes });
}

/** A path that is only stroked, unless it is given a fill. */
export function path(d: string, attributes: Attributes): string {
  return element('path', { d, fill: 'none', ...attributes });
}

export interface TextStyle extends Type {
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** What there is room for; a longer text is cut, and all of it is in the tooltip. */
  readonly width: number;
  readonly cut?: 'end' | 'start';
}

/** A line of text; `y` is its baseline. */
export function write(x: number, y: number, text: string, style: TextStyle): string {
  const { size, mono = false, bold = false, fill, anchor, width, cut } = style;
  const shown = fitted(text, width, style, cut);
  if (shown === '') return '';
  const attributes = {
    x, y, fill, 'font-size': size,
    'font-family': mono ? FAMILIES.mono : undefined,
    'font-weight': bold ? 600 : undefined,
    'text-anchor': anchor === 'start' ? undefined : anchor,
  };
  const title = shown === text ? [] : [element('title', {}, escaped(text))];
  return element('text', attributes, ...title, escaped(shown));
}

interface DocumentParts {
  readonly width: number;
  readonly height: number;
  /** What it is, in a line; and what is on it, in sentences. */
  readonly title: string;
  readonly description: string;
  readonly ground: string;
  /** Markup of patterns and the like. */
  readonly defs?: string;
}

/** A whole document. It refers to nothing outside of itself. */
export function document(
  { width, height, title, description, ground, defs }: DocumentParts, ...content: readonly string[]
): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg', role: 'img', 'aria-labelledby': 'ringscope-title ringscope-description',
    viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height),
    'font-family': FAMILIES.sans,
  };
  const markup = element('svg', attributes,
    '\n', element('title', { id: 'ringscope-title' }, escaped(title)),
    '\n', element('desc', { id: 'ringscope-description' }, escaped(description)),
    ...(defs === undefined ? [] : ['\n', element('defs', {}, defs)]),
    '\n', rect({ x: 0, y: 0, width, height }, { fill: ground }),
    ...content.flatMap((part) => (part === '' ? [] : ['\n', part])), '\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`;
}
