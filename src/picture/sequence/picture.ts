/** A sequence as a drawing: a line of life for each party, an arrow a message, chapters as bands across. */
import { pictureWords } from '../../content/picture.ts';
import { fill } from '../../content/words.ts';
import { describeSequence } from '../describe.ts';
import { EDGE, footer, header } from '../frame.ts';
import type { Drawn } from '../frame.ts';
import { hot, TYPE } from '../parts.ts';
import { stepTitle } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { document, path, rect, titled, write } from '../svg.ts';
import { fitted, widthOf } from '../text.ts';
import { THEMES } from '../theme.ts';
import type { Theme, ThemeName } from '../theme.ts';
import { countOf, sequenceOf } from './fold.ts';
import type { Block, Line } from './fold.ts';
import { PARTIES } from './messages.ts';
import type { Happening, Who } from './messages.ts';

const t = pictureWords.sequence;

const BETWEEN = 256;
/** For the numbers of steps. */
const NUMBERS = 86;
const HALF = 100;
const WIDTH = 2 * EDGE + NUMBERS + 2 * HALF + BETWEEN * (PARTIES.length - 1);
const ROW = 29;
const BAND = 24;
const HEAD = 26;
/** Room for the words of a message between neighbours. */
const ROOM = BETWEEN - 24;

function xOf(who: Who): number {
  return EDGE + NUMBERS + HALF + PARTIES.indexOf(who) * BETWEEN;
}

/** What led to the step, as an SVG document. */
export function sequencePicture(
  scene: Scene, happenings: readonly Happening[], { theme: name }: { theme: ThemeName },
): string {
  const theme = THEMES[name];
  const chapters = sequenceOf(happenings, scene.outline);
  const head = header(scene, WIDTH, theme);
  const top = head.bottom + 12;
  const drawn: string[] = [];
  let y = top + HEAD + 10;
  for (const { title, blocks } of chapters) {
    drawn.push(band(title, y, theme));
    y += BAND + 6;
    for (const block of blocks) {
      const part = blockOf(block, y, scene.position, theme);
      drawn.push(part.svg);
      y = part.bottom;
    }
    y += 8;
  }
  if (chapters.length === 0) {
    drawn.push(write(WIDTH / 2, y + 16, t.empty,
      { ...TYPE.body, fill: theme['ink-2'], anchor: 'middle', width: 400 }));
    y += 30;
  }
  const foot = footer(scene, WIDTH, y + HEAD + 16, theme);
  return document(
    { width: WIDTH, height: foot.bottom, title: `${scene.scenario}: ${stepTitle(scene)}`,
      description: describeSequence(scene, countOf(chapters), chapters.length), ground: theme.ground },
    head.svg,
    ...PARTIES.map((who) => path(`M${xOf(who)} ${top + HEAD}V${y}`,
      { stroke: theme['line-strong'], 'stroke-dasharray': '2 4' })),
    ...drawn, heads(top, theme), heads(y, theme), foot.svg,
  );
}

function heads(y: number, theme: Theme): string {
  return PARTIES.map((who) => rect({ x: xOf(who) - HALF, y, width: 2 * HALF, height: HEAD },
    { fill: theme.surface, stroke: theme[who], 'stroke-width': 1.5, rx: 5 })
    + write(xOf(who), y + 17, t[who],
      { ...TYPE.name, fill: theme.ink, anchor: 'middle', width: 2 * HALF - 12 })).join('');
}

function band(title: string, y: number, theme: Theme): string {
  return rect({ x: EDGE, y, width: WIDTH - 2 * EDGE, height: BAND },
    { fill: theme.surface, stroke: theme.line, rx: 4 })
    + write(EDGE + 10, y + 16, title, { ...TYPE.name, fill: theme.ink, width: WIDTH - 2 * EDGE - 20 });
}

function blockOf({ times, lines }: Block, y: number, position: number, theme: Theme): Drawn {
  if (times === 1) return rows(lines, y, position, theme);
  const inside = rows(lines, y + 20, position, theme);
  const frame = { x: EDGE + NUMBERS - 6, y: y + 4, width: WIDTH - 2 * EDGE - NUMBERS + 6,
    height: inside.bottom - y };
  return {
    svg: rect(frame, { fill: 'none', stroke: theme['line-strong'], rx: 6 })
      + write(frame.x + 10, y + 19, fill(t.repeated, { count: times }),
        { ...TYPE.strong, fill: theme['ink-2'], width: 160 })
      + inside.svg,
    bottom: inside.bottom + 8,
  };
}

function rows(lines: readonly Line[], y: number, position: number, theme: Theme): Drawn {
  return {
    svg: lines.map((line, i) => row(line, y + i * ROW, line.first <= position && position <= line.last,
      theme)).join(''),
    bottom: y + lines.length * ROW,
  };
}

function row(line: Line, y: number, isHot: boolean, theme: Theme): string {
  const { from, to, reply, text, first, last } = line;
  const number = first === last ? String(first) : fill(t.steps, { from: first, to: last });
  const base = y + 15;
  const self = from === to;
  const [start, end] = [xOf(from), xOf(to)];
  const colour = isHot ? theme['hot-edge'] : theme[from];
  const left = to === PARTIES.at(-1);
  const room = self ? (left ? start - EDGE - NUMBERS : WIDTH - EDGE - start) - 28
    : Math.max(ROOM, Math.abs(end - start) - 24);
  const shown = fitted(text, room, TYPE.small);
  const width = widthOf(shown, TYPE.small);
  // Whoever talks to itself at the right edge has its words on the left.
  const at = self ? (left ? start - 20 - width : start + 20) : (start + end) / 2 - width / 2;
  const back = { x: at - 4, y: base - 11, width: width + 8, height: 15 };
  const line_ = self ? loop(start, y + 9, left ? -1 : 1) : arrow(start, end, y + 23);
  return titled(text,
    write(EDGE + NUMBERS - 16, base + 4, number,
      { ...TYPE.code, fill: theme['ink-3'], anchor: 'end', width: NUMBERS - 16 }),
    path(line_.d, { stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': reply ? '5 3' : undefined }),
    path(line_.tip, { fill: reply ? theme.ground : colour, stroke: colour }),
    isHot ? hot(back, theme) : rect(back, { fill: theme.ground }),
    write(at, base, text, { ...TYPE.small, fill: isHot ? theme['hot-ink'] : theme.ink, width: room }));
}

/** A level arrow: full for what is sent, hollow for what comes by itself. */
function arrow(from: number, to: number, y: number): { d: string; tip: string } {
  const way = Math.sign(to - from);
  return { d: `M${from} ${y}H${to - way * 8}`, tip: `M${to} ${y}l${-way * 9} -4v8Z` };
}

/** An arrow that returns to where it begins. */
function loop(x: number, y: number, way: 1 | -1): { d: string; tip: string } {
  return { d: `M${x} ${y}h${way * 8}q${way * 6} 0 ${way * 6} 6q0 6 ${-way * 6} 6`,
    tip: `M${x} ${y + 12}l${way * 9} -4v8Z` };
}
