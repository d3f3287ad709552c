import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { animation, describeAnimation, ringsPicture, stagePicture, whyNot } from '../../src/picture/index.ts';
import type { Scene } from '../../src/picture/index.ts';
import { elementsOf, merged } from '../../src/picture/merge.ts';
import type { Config } from '../../src/sim/index.ts';
import { movesOf, seenAt } from './moving.ts';
import type { Node } from './read.ts';
import { all, collisions, own, placed, read, texts } from './read.ts';
import { chapter, pages, scene } from './scenes.ts';

const USUAL = { what: 'stage', theme: 'light', seconds: 2 } as const;
const MAPPING = chapter('mapping');
const moving = read(animation(MAPPING, USUAL));

/** What is drawn, from back to front: the elements without the document's own, and without its line feeds. */
function drawn({ children }: Node): Node[] {
  return children.filter((child) => typeof child !== 'string').filter(({ name }) => !['title', 'desc', 'defs'].includes(name));
}

/** The parts of the bar below the picture: two numbers, the track, what is passed, the fields, the border, where it is. */
const BAR = 7;

/** The beginning, the middle and the end of the time of the n-th picture, as parts of all. */
function timesOf(n: number, count: number): number[] {
  return [0.001, 0.5, 0.999].map((part) => (n + part) / count);
}

describe('an animation', () => {
  it('shows each step’s picture for exactly its time, and nothing of another', () => {
    expect(MAPPING).toHaveLength(44);
    for (const [n, of] of MAPPING.entries()) {
      // The ground is as high as the bar needs.
      const [, ...single] = drawn(read(stagePicture(of, USUAL)));
      for (const time of timesOf(n, MAPPING.length)) {
        expect(drawn(seenAt(moving, time)).slice(1, -BAR)).toEqual(single);
      }
    }
  });

  it('is the last picture where nothing may move, and where styles are not read', () => {
    const [, ...last] = drawn(read(stagePicture(MAPPING.at(-1)!, USUAL)));
    const still = drawn(seenAt(moving, null));
    expect(still.slice(1, -BAR)).toEqual(last);
    const [now] = all(still.at(-1)!, 'rect');
    const [from, width] = [/translate\((\S+) 0\)/.exec(now!.attributes['transform']!)![1], now!.attributes['width']].map(Number);
    const track = still.at(-2)!.attributes;
    expect(from! + width!).toBeCloseTo(Number(track['width']), 1);
  });

  it('moves by styles alone, all of them for as long as all steps take', () => {
    const moves = movesOf(moving);
    expect(new Set([...moves.values()].map(({ seconds }) => seconds))).toEqual(new Set([88]));
    expect([...moves.values()].filter(({ timing }) => timing !== 'step-end').map(({ timing }) => timing))
      .toEqual(['steps(44,jump-none)', 'steps(44,jump-none)']);
    const used = ['g', 'rect'].flatMap((name) => all(moving, name).flatMap(({ attributes }) => attributes['class'] ?? []));
    expect(new Set(used)).toEqual(new Set(moves.keys()));
    const xml = animation(MAPPING, USUAL);
    expect(xml).not.toMatch(/<script|<image|<animate|<set|href|var\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    const ids = [...xml.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of xml.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
  });

  it('has a bar whose mark goes from the first field to the last', () => {
    const [name, { frames }] = [...movesOf(moving)].find(([one]) => one.endsWith('-now'))!;
    expect(name).toBe('ringscope-44-now');
    const [start, end] = [frames.get(0), frames.get(1)];
    const rest = all(moving, 'rect').find(({ attributes }) => attributes['class'] === name)!;
    expect(start).toBe('transform:none');
    expect(`translate(${/^transform:translateX\(([\d.]+)px\)$/.exec(end!)![1]} 0)`).toBe(rest.attributes['transform']);
    expect(texts(moving)).toEqual(expect.arrayContaining([String(MAPPING[0]!.position), String(MAPPING.at(-1)!.position)]));
  });

  it('says in words which steps it shows, how it begins, and how things stand at the end', () => {
    const desc = own(all(moving, 'desc')[0]!);
    expect(own(all(moving, 'title')[0]!)).toBe('Netif, multi-page rings, steps 450 to 493 of 630: Chapter 14 of 17 · Xen maps the rings');
    expect(desc).toBe(describeAnimation(MAPPING, USUAL));
    expect(desc).toMatch(/Xen maps the rings\. Each step is shown for 2 seconds, and the first one again after the last\. It begins with: netback maps both rings of the queue\. It ends with: .*step 493 of 630.*8 of them mapped/);
    expect(describeAnimation([scene('1'), scene('60')], USUAL)).toContain('Chapter 1 of 17 · The toolstack writes – Chapter 2 of 17');
  });

  it('is another in the dark only by its colours, and takes as long as it is told', () => {
    const colourless = (xml: string): string => xml.replaceAll(/#[0-9a-f]{6}\b/g, '#');
    const dark = animation(MAPPING, { ...USUAL, theme: 'dark' });
    expect(dark).toContain('#0f141a');
    // Which parts are alike depends on the colours, as some are the same in the light alone. What is seen does not.
    const half = (xml: string): Node[] => drawn(seenAt(read(colourless(xml)), 0.5));
    expect(half(dark)).toEqual(half(animation(MAPPING, USUAL)));
    expect([...movesOf(read(animation(MAPPING, { ...USUAL, seconds: 0.5 }))).values()][0]!.seconds).toBe(22);
  });
});

const growing: readonly [string, () => Scene[], 'stage' | 'rings'][] = [
  ['rings and entries that are made', () => chapter('rings'), 'stage'],
  ['from before the first step on', () => steps(0, 12), 'stage'],
  ['keys that are written', () => chapter('published', pages(8)), 'stage'],
  ['two queues', () => chapter('ports', { ...pages(1), queues: 2 }), 'stage'],
  ['a guest that crashes', () => chapter('keys-vanish', {}, 'close-crash'), 'stage'],
  ['packets', () => steps(200, 230, {}, 'traffic'), 'rings'],
  ['rings that come to be', () => chapter('rings', pages(1)), 'rings'],
];

function steps(from: number, to: number, change: Partial<Config> = {}, id = 'netif-multipage'): Scene[] {
  return Array.from({ length: to - from + 1 }, (_, n) => scene(String(from + n), change, id));
}

describe.each(growing)('an animation of %s', (_, make, what) => {
  const scenes = make();
  const document = read(animation(scenes, { ...USUAL, what }));
  const draw = what === 'rings' ? ringsPicture : stagePicture;

  it('says at each step what its picture says, with no text on another and none beyond the edge', () => {
    const [, , width, height] = document.attributes['viewBox']!.split(' ').map(Number);
    for (const [n, of] of scenes.entries()) {
      const seen = seenAt(document, (n + 0.5) / scenes.length);
      expect(texts(seen).slice(0, -2)).toEqual(texts(read(draw(of, USUAL))));
      const boxes = placed(seen);
      expect(collisions(boxes)).toEqual([]);
      expect(boxes.filter(({ left, right, top, bottom }) => left < 0 || right > width! || top < 0 || bottom > height!)).toEqual([]);
    }
  });

  it('keeps in its place what follows what grows', () => {
    const fixed = ['RingScope · simplified: see docs/fidelity.md', ...(what === 'stage' ? ['event channels: a port at each end', 'Xen'] : [])];
    for (const text of fixed) expect(texts(document).filter((one) => one === text)).toHaveLength(1);
  });
});

describe('the size of an animation', () => {
  it.each([
    ['the mapping of 4 pages', () => MAPPING, 44, 200_000],
    ['60 steps of 4 pages', () => chapter('backend-connected'), 60, 200_000],
    ['the mapping of 16 pages', () => chapter('mapping', pages(16)), 68, 550_000],
  ])('of %s is far less than that of its pictures', (_, make, count, most) => {
    const scenes = make();
    expect(scenes).toHaveLength(count);
    const own_ = animation(scenes, USUAL).length;
    expect(own_).toBeLessThan(most);
    expect(own_ * 8).toBeLessThan(scenes.reduce((sum, of) => sum + stagePicture(of, USUAL).length, 0));
  });

  it.each([
    [9, 3, 'step 9 comes after step 3'],
    [5, 5, 'from step 5 to step 5 is one picture: nothing moves in it'],
    [0, 200, 'steps 0 to 200 are 201 pictures; an animation has at most 200'],
    [1, 200, null],
    [0, 1, null],
  ])('from %i to %i is bounded: %s', (from, to, reason) => {
    expect(whyNot(from, to)).toBe(reason);
  });
});

describe('merged', () => {
  it('is the elements, outermost ones alone', () => {
    expect(elementsOf('<a x="1"/><g><title>t</title><b/></g>\n<text>1 &gt; 0</text>'))
      .toEqual(['<a x="1"/>', '<g><title>t</title><b/></g>', '<text>1 &gt; 0</text>']);
  });

  it('gives back each picture in its order, and has once what comes back unchanged', () => {
    const picture = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 8 });
    fc.assert(fc.property(fc.array(picture, { maxLength: 8 }), (pictures) => {
      const parts = merged(pictures);
      for (const [n, elements] of pictures.entries()) {
        expect(parts.filter(({ on }) => on.includes(n)).map(({ svg }) => svg)).toEqual(elements);
      }
    }));
    expect(merged([['a', 'b', 'c'], ['a', 'x', 'c'], ['a', 'b', 'c']])).toEqual([
      { svg: 'a', on: [0, 1, 2] }, { svg: 'b', on: [0, 2] }, { svg: 'x', on: [1] }, { svg: 'c', on: [0, 1, 2] },
    ]);
  });
});
