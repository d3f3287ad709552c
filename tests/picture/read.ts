import { widthOf } from '../../src/picture/text.ts';

/** An element of a document, read strictly: what no XML parser would take throws. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Node | string)[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos);)|</.test(text)) throw new Error(`not escaped: ${text}`);
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw new Error('a control character');
  return text.replaceAll(/&(\w+);/g, (_, name: string) => ENTITIES[name]!);
}

/** Reads a whole document, with its declaration. */
export function read(xml: string): Node {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('no declaration');
  const tag = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/gi;
  const root: Node & { children: (Node | string)[] } = { name: '', attributes: {}, children: [] };
  const open = [root];
  let at = declaration.length;
  tag.lastIndex = at;
  for (let found = tag.exec(xml); found !== null; found = tag.exec(xml)) {
    const between = xml.slice(at, found.index);
    if (between !== '') open.at(-1)!.children.push(unescaped(between));
    at = found.index + found[0].length;
    const [, closing, name = '', written = '', alone] = found;
    if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of written.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (key in attributes) throw new Error(`${key} twice in <${name}>`);
      attributes[key] = unescaped(value);
    }
    const node = { name, attributes, children: [] };
    open.at(-1)!.children.push(node);
    if (alone !== '/') open.push(node);
  }
  if (open.length !== 1 || xml.slice(at).trim() !== '') throw new Error('it does not end well');
  const nodes = root.children.filter((child) => typeof child !== 'string');
  if (nodes.length !== 1) throw new Error('not one root');
  return nodes[0]!;
}

/** Every element with that name, at any depth. */
export function all(node: Node, name: string): Node[] {
  return node.children.flatMap((child) =>
    (typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...all(child, name)]));
}

/** The text of an element itself, without its tooltip. */
export function own(node: Node): string {
  return node.children.filter((child) => typeof child === 'string').join('');
}

/** The texts of a document, in order. */
export function texts(document: Node): string[] {
  return all(document, 'text').map(own);
}

/** The tooltips of a document: the first child of an element that has one. */
export function titles(document: Node): string[] {
  return all(document, 'title').map(own);
}

export interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where each text stands by the table of widths: from its cap height to its baseline, which is where letters would meet. */
export function placed(document: Node): Placed[] {
  return all(document, 'text').map((node) => {
    const { x, y, 'font-size': size, 'text-anchor': anchor = 'start' } = node.attributes;
    const type = { size: Number(size), mono: node.attributes['font-family']?.includes('mono') === true, bold: 'font-weight' in node.attributes };
    const text = own(node);
    const width = widthOf(text, type);
    const left = Number(x) - { start: 0, middle: width / 2, end: width }[anchor as 'start'];
    return { text, left, right: left + width, top: Number(y) - 0.7 * type.size, bottom: Number(y) };
  });
}

/** Pairs of texts that lie on each other. */
export function collisions(boxes: readonly Placed[]): string[] {
  const found: string[] = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top || b.bottom <= a.top;
      if (!apart) found.push(`${a.text} | ${b.text}`);
    }
  }
  return found;
}
