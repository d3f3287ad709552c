/**
 * Steps of a run one after the other, as one SVG document that moves by itself: it has no script, so that it moves
 * where a page shows it as an image. Where nothing may move, and where styles are not read, it is the picture of the
 * last step.
 */
import { pictureWords } from '../content/picture.ts';
import { fill } from '../content/words.ts';
import { describeRings, describeStage } from './describe.ts';
import { EDGE } from './frame.ts';
import type { Drawing, Heights, Section } from './frame.ts';
import { elementsOf, merged } from './merge.ts';
import type { Part } from './merge.ts';
import { patterns, TYPE } from './parts.ts';
import { drawRings } from './rings.ts';
import { chapterText, stepTitle } from './scene.ts';
import type { Scene } from './scene.ts';
import { drawStage } from './stage.ts';
import { document, element, path, rect, round, write } from './svg.ts';
import { widthOf } from './text.ts';
import { THEMES } from './theme.ts';
import type { Theme, ThemeName } from './theme.ts';

const t = pictureWords.animation;

/** More pictures make a file, and a wait, that nobody wants. */
export const MOST_PICTURES = 200;
/** How long each picture is shown, if nobody says. */
export const USUAL_SECONDS = 2;

/** Why there can be no animation of the pictures from one position to another; null if there can. */
export function whyNot(from: number, to: number): string | null {
  const count = to - from + 1;
  if (count < 1) return fill(t.backwards, { from, to });
  if (count === 1) return fill(t.one, { from });
  return count > MOST_PICTURES ? fill(t.tooMany, { from, to, count, most: MOST_PICTURES }) : null;
}

export interface AnimationOptions {
  readonly what: 'stage' | 'rings';
  readonly theme: ThemeName;
  /** How long each picture is shown. */
  readonly seconds: number;
}

/** In words: which steps of which run, how it begins, and how things stand at the end. */
export function describeAnimation(
  scenes: readonly Scene[], { what, seconds }: Omit<AnimationOptions, 'theme'>,
): string {
  const [first, last] = [scenes[0]!, scenes.at(-1)!];
  return [
    fill(t.describe, { range: rangeText(scenes), seconds, title: stepTitle(first) }),
    fill(t.ends, { last: what === 'stage' ? describeStage(last) : describeRings(last) }),
  ].join(' ');
}

/** The pictures of two or more steps of a run, as a document that shows each for as long as told and begins again. */
export function animation(scenes: readonly Scene[], options: AnimationOptions): string {
  const theme = THEMES[options.theme];
  const draw = options.what === 'stage' ? drawStage : drawRings;
  const drawings = evened(scenes, (scene, least) => draw(scene, theme, least));
  const { width, height } = drawings[0]!;
  const count = scenes.length;
  const parts = merged(drawings.map((drawing) => elementsOf(drawing.parts.join(''))));
  const bar = progress(scenes, width, height, theme);
  const rules = new Map(bar.rules);
  const groups: string[] = [];
  for (const { on, svg } of together(parts)) {
    if (on.length === count) {
      groups.push(svg);
      continue;
    }
    const name = nameOf(on, count);
    rules.set(name, shown(on, count));
    const rests = on.at(-1) === count - 1;
    groups.push(element('g', { class: name, visibility: rests ? undefined : 'hidden' }, svg));
  }
  return document(
    {
      width, height: height + BAR.room, title: rangeText(scenes), description: describeAnimation(scenes, options),
      ground: theme.ground,
      defs: element('style', {}, styles(rules, count * options.seconds)) + patterns(theme),
    },
    ...groups, bar.svg,
  );
}

/** '… , steps 450 to 493 of 630: Chapter 14 of 17 · Xen maps the rings'. */
function rangeText(scenes: readonly Scene[]): string {
  const [first, last] = [scenes[0]!, scenes.at(-1)!];
  const chapters = [...new Set([chapterText(first), chapterText(last)])].filter((text) => text !== '');
  const range = fill(t.range, {
    scenario: first.scenario, from: first.position, to: last.position, length: last.outline.length,
  });
  return chapters.length === 0 ? range : fill(t.of, { range, chapters: chapters.join(' – ') });
}

/** The drawings, with what is below something that grows where it is when that is at its highest. */
function evened(scenes: readonly Scene[], draw: (scene: Scene, least: Heights) => Drawing): Drawing[] {
  let drawings = scenes.map((scene) => draw(scene, {}));
  for (;;) {
    const least = highest(drawings);
    if (!drawings.some((drawing) => isLower(drawing, least))) return drawings;
    drawings = drawings.map((drawing, n) => (isLower(drawing, least) ? draw(scenes[n]!, least) : drawing));
  }
}

function isLower({ heights }: Drawing, least: Heights): boolean {
  return (Object.keys(heights) as Section[]).some((section) => heights[section]! < least[section]!);
}

function highest(drawings: readonly Drawing[]): Heights {
  const most: Partial<Record<Section, number>> = {};
  for (const { heights } of drawings) {
    for (const [section, height] of Object.entries(heights) as [Section, number][]) {
      most[section] = Math.max(most[section] ?? 0, height);
    }
  }
  return most;
}

/** Parts that follow each other and are on the same pictures as one. */
function together(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last !== undefined && last.on.join() === part.on.join()) {
      found[found.length - 1] = { ...last, svg: last.svg + part.svg };
    } else found.push(part);
  }
  return found;
}

/** Stretches of pictures without a gap: the first one of each, and the one after its last. */
function stretches(on: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const n of on) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === n) last[1] = n + 1;
    else found.push([n, n + 1]);
  }
  return found;
}

/** A name that says when something is shown, so that two animations in one page do not take each other's for theirs. */
function nameOf(on: readonly number[], count: number): string {
  const texts = stretches(on).map(([from, to]) => (to - from === 1 ? `${to}` : `${from + 1}-${to}`));
  return `ringscope-${count}-${texts.join('_')}`;
}

/** When the n-th picture begins, as a part of all. */
function begin(n: number, count: number): string {
  return `${Math.round(n / count * 1e6) / 1e4}%`;
}

/** How something changes while all pictures are shown: its key frames, and how it goes from one to the next. */
interface Rule {
  readonly frames: string;
  readonly timing: string;
}

/** What shows something for as long as the pictures that it is on, and else hides it. */
function shown(on: readonly number[], count: number): Rule {
  const found = stretches(on);
  const appears = found.map(([from]) => begin(from, count));
  const goes = found.flatMap(([, to]) => (to === count ? [] : [begin(to, count)]));
  if (on[0] !== 0) goes.unshift('0%');
  const frames = `${appears.join()}{visibility:visible}${goes.join()}{visibility:hidden}`;
  return { frames, timing: 'step-end' };
}

/** A style sheet that moves what has a rule, unless the reader asks for less motion. */
function styles(rules: ReadonlyMap<string, Rule>, length: number): string {
  const all = [...rules];
  return [
    ...all.map(([name, { frames }]) => `@keyframes ${name}{${frames}}`),
    '@media (prefers-reduced-motion:no-preference){',
    ...all.map(([name, { timing }]) => `.${name}{animation:${name} ${round(length)}s ${timing} infinite}`),
    '}',
  ].join('\n');
}

/** How far it is, below the picture. */
const BAR = { room: 28, height: 8, gap: 10, most: 40 } as const;

/** A bar with a field for each picture, between the numbers of the first step and of the last. */
function progress(
  scenes: readonly Scene[], width: number, y: number, theme: Theme,
): { svg: string; rules: readonly [string, Rule][] } {
  const count = scenes.length;
  const [from, to] = [String(scenes[0]!.position), String(scenes.at(-1)!.position)];
  const [left, right] = [EDGE + widthOf(from, TYPE.code) + BAR.gap, width - EDGE - widthOf(to, TYPE.code) - BAR.gap];
  const field = (right - left) / count;
  const style = { ...TYPE.code, fill: theme['ink-2'] };
  const timing = `steps(${count},jump-none)`;
  const names = { passed: `ringscope-${count}-passed`, now: `ringscope-${count}-now` };
  const end = round(field * (count - 1));
  const edges = scenes.slice(1).map((_, n) => `M${round(left + (n + 1) * field)} ${y}v${BAR.height}`).join('');
  const box = { x: left, y, width: right - left, height: BAR.height };
  const placed = { transform: `translate(${round(left)} ${y})` };
  return {
    svg: write(EDGE, y + BAR.height, from, { ...style, width: BAR.most })
      + write(width - EDGE, y + BAR.height, to, { ...style, anchor: 'end', width: BAR.most })
      + rect(box, { fill: theme.sunken })
      + element('g', placed,
        rect({ x: 0, y: 0, width: end, height: BAR.height }, { fill: theme['line-strong'], class: names.passed }))
      + path(edges, { stroke: theme.line })
      + rect(box, { fill: 'none', stroke: theme['line-strong'], rx: 2 })
      + element('g', placed, rect({ x: 0, y: -2, width: field, height: BAR.height + 4 }, {
        fill: theme.hot, stroke: theme['hot-edge'], 'stroke-width': 1.5, rx: 2,
        transform: `translate(${end} 0)`, class: names.now,
      })),
    rules: [
      [names.passed, { frames: 'from{transform:scaleX(0)}to{transform:scaleX(1)}', timing }],
      [names.now, { frames: `from{transform:none}to{transform:translateX(${end}px)}`, timing }],
    ],
  };
}
