import type { Node } from './read.ts';
import { all, own } from './read.ts';

/** A style rule that moves something: its key frames by when they begin (0 to 1), and the rest of its animation. */
interface Moves {
  readonly frames: ReadonlyMap<number, string>;
  readonly seconds: number;
  readonly timing: string;
}

/** What the document's style sheet moves, by class. Whatever else stands in the sheet throws. */
export function movesOf(document: Node): Map<string, Moves> {
  const lines = own(all(document, 'style')[0]!).split('\n');
  const media = lines.indexOf('@media (prefers-reduced-motion:no-preference){');
  if (media < 0 || lines.at(-1) !== '}') throw new Error('not all that moves is under the reader’s wish');
  const frames = new Map(lines.slice(0, media).map((line) => {
    const [, name = '', rest = ''] = /^@keyframes ([\w-]+)\{(.*)\}$/.exec(line)!;
    return [name, framesOf(rest)] as const;
  }));
  return new Map(lines.slice(media + 1, -1).map((line) => {
    const [, name = '', same, seconds, timing = ''] = /^\.([\w-]+)\{animation:([\w-]+) ([\d.]+)s (.*) infinite\}$/.exec(line)!;
    if (same !== name) throw new Error(`${name} moves as ${same}`);
    return [name, { frames: frames.get(name)!, seconds: Number(seconds), timing }];
  }));
}

function framesOf(text: string): Map<number, string> {
  const frames = new Map<number, string>();
  for (const [, when = '', what = ''] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    for (const one of when.split(',')) {
      const at = { from: 0, to: 1 }[one] ?? Number(/^([\d.]+)%$/.exec(one)![1]) / 100;
      if (frames.has(at)) throw new Error(`two key frames at ${one}`);
      frames.set(at, what);
    }
  }
  return frames;
}

/** What a rule makes of its element at that part of the time, where it jumps at each key frame. */
function valueAt({ frames, timing }: Moves, part: number): string {
  if (timing !== 'step-end') throw new Error(`it does not jump: ${timing}`);
  const at = [...frames.keys()].filter((one) => one <= part).sort((a, b) => a - b).at(-1);
  if (at === undefined) throw new Error('it has no beginning');
  return frames.get(at)!;
}

/** Of each document, read once. */
const read = new WeakMap<Node, Map<string, Moves>>();

/** The document as it is seen at that part of the time; `null` where nothing moves. What is hidden, and groups of what comes and goes, are gone. */
export function seenAt(document: Node, part: number | null): Node {
  const moves = read.get(document) ?? movesOf(document);
  read.set(document, moves);
  const seen = (node: Node): (Node | string)[] => {
    const children = node.children.flatMap((child) => (typeof child === 'string' ? [child] : seen(child)));
    const { class: name, visibility = 'visible' } = node.attributes;
    if (node.name !== 'g' || name === undefined) return [{ ...node, children }];
    const shown = part === null ? `visibility:${visibility}` : valueAt(moves.get(name)!, part);
    return shown === 'visibility:visible' ? children : [];
  };
  return seen(document)[0] as Node;
}
