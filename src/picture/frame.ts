/** What stands around a picture: which run and step it is of, what the signs mean, and that it is a simplification. */
import { pictureWords as t } from '../content/picture.ts';
import { stageWords as w } from '../content/stage.ts';
import { controlsWords } from '../content/controls.ts';
import { namedStack } from '../base/stack.ts';
import { hot, lifeSign, pageBox, seamBar, TYPE } from './parts.ts';
import { chapterText, configText, linkText, stepTitle, whereText } from './scene.ts';
import type { Scene } from './scene.ts';
import { circle, path, write } from './svg.ts';
import type { Theme } from './theme.ts';
import { widthOf, wrapped } from './text.ts';

/** Between the edge of a picture and what is on it. */
export const EDGE = 24;

/** From the baseline of a step's function to the end of the top. */
const BELOW_KEY = 14;

/** A part of a picture, and where it ends. */
export interface Drawn {
  readonly svg: string;
  readonly bottom: number;
}

/** Parts of a picture whose heights follow from what is in them. */
export type Section = 'head' | 'store' | 'list' | 'body' | 'said';
/** How high parts are at least: pictures that follow each other keep what is below them in its place by it. */
export type Heights = Readonly<Partial<Record<Section, number>>>;

/** A picture without its document. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Markup, from back to front. */
  readonly parts: readonly string[];
  /** How high its parts came to be. */
  readonly heights: Heights;
}

/** The top of a picture. */
export function header(scene: Scene, width: number, theme: Theme, least = 0): Drawn {
  const inner = width - 2 * EDGE;
  const right = width - EDGE;
  const side = 330;
  const lines: string[] = [];
  const name = scene.scenario;
  lines.push(
    circle(EDGE + 7, 30, 5.5,
      { fill: 'none', stroke: theme.domU, 'stroke-width': 3.5, 'stroke-dasharray': '11.5 5.8' }),
    write(EDGE + 20, 35, t.name, { ...TYPE.zone, size: 15, fill: theme.ink, width: 120 }),
    write(EDGE + 124, 35, name, { ...TYPE.name, size: 13, fill: theme.ink, width: inner - 124 - side }),
    write(right, 35, whereText(scene),
      { ...TYPE.name, size: 13, fill: theme.ink, anchor: 'end', width: side }),
    write(EDGE, 56, configText(scene), { ...TYPE.small, fill: theme['ink-2'], width: inner - side - 12 }),
    write(right, 56, chapterText(scene), { ...TYPE.small, fill: theme['ink-2'], anchor: 'end', width: side }),
  );
  const badge = controlsWords.badge;
  const at = EDGE + 124 + widthOf(name, { ...TYPE.name, size: 13 }) + 16;
  const room = right - side - at;
  if (room > widthOf(badge, TYPE.small)) {
    lines.push(write(at, 35, badge, { ...TYPE.small, fill: theme.xen, width: room }));
  }
  let y = 84;
  for (const line of wrapped(stepTitle(scene), inner, TYPE.heading, 2)) {
    lines.push(write(EDGE, y, line, { ...TYPE.heading, fill: theme.ink, width: inner }));
    y += 25;
  }
  // What stands under the words in two lines stands there under one, too.
  y = Math.max(y, least - BELOW_KEY);
  const { step } = scene;
  if (step !== null) {
    const key = widthOf(step.key, TYPE.code);
    lines.push(hot({ x: EDGE, y: y - 13, width: key + 12, height: 18 }, theme));
    lines.push(write(EDGE + 6, y, step.key, { ...TYPE.code, fill: theme['hot-ink'], width: key }));
    const stack = `${step.thread}: ${namedStack(step.stack).map(({ entry }) => entry.shown).join(' › ')}`;
    lines.push(write(EDGE + key + 26, y, stack,
      { ...TYPE.code, fill: theme['ink-2'], width: inner - key - 26, cut: 'start' }));
    y += BELOW_KEY + 8;
  }
  return { svg: lines.join(''), bottom: Math.max(y - 8, least) };
}

/** The bottom of a picture: what it is, and the link that leads to this step. */
export function footer(scene: Scene, width: number, y: number, theme: Theme): Drawn {
  const own = widthOf(t.simplified, TYPE.small);
  return {
    svg: path(`M${EDGE} ${y}H${width - EDGE}`, { stroke: theme.line })
      + write(EDGE, y + 20, t.simplified, { ...TYPE.small, fill: theme['ink-2'], width: own })
      + write(width - EDGE, y + 20, linkText(scene), {
        ...TYPE.code, fill: theme['ink-2'], anchor: 'end', width: width - 2 * EDGE - own - 16, cut: 'start',
      }),
    bottom: y + 36,
  };
}

const LIVES = ['allocated', 'granted', 'mapped', 'unmapped', 'revoked'] as const;

/** What the signs of pages and lines mean, in a row. */
export function legend(x: number, y: number, theme: Theme): string {
  let at = x;
  const parts: string[] = [];
  const item = (word: string, room: number, draw: (left: number) => string): void => {
    const width = widthOf(word, TYPE.small);
    parts.push(draw(at), write(at + room + 5, y + 4, word, { ...TYPE.small, fill: theme['ink-2'], width }));
    at += room + width + 22;
  };
  item(w.legend.step, 16, (left) => hot({ x: left, y: y - 6, width: 16, height: 12 }, theme));
  for (const life of LIVES) {
    const line = life === 'granted' || life === 'mapped';
    item(w.legend[life], line ? 34 : 9, (left) => lifeSign(left + 4.5, y, life, theme)
      + (line ? wire(`M${left + 12} ${y}h22`, life, theme) : ''));
  }
  const plain = { life: 'allocated', hot: false, untouched: false } as const;
  item(w.legend.untouched, 16, (left) =>
    pageBox({ x: left, y: y - 6, width: 16, height: 12 }, { ...plain, untouched: true }, theme));
  item(w.legend.seam, 26, (left) => [0, 14].map((dx) => pageBox(
    { x: left + dx, y: y - 6, width: 12, height: 12 }, plain, theme,
  )).join('') + seamBar(left + 13, y, theme));
  return parts.join('');
}

/** A line from a page through its entry to where it is mapped. */
export function wire(
  d: string, life: 'granted' | 'mapped' | 'mixed', theme: Theme, width = life === 'granted' ? 1.25 : 1.75,
): string {
  const dashes = { granted: '4 3', mapped: undefined, mixed: '10 3' }[life];
  return path(d, {
    stroke: life === 'granted' ? theme.domU : theme.xen, 'stroke-width': width, 'stroke-dasharray': dashes,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  });
}
