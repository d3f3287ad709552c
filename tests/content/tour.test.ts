import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import steps from '../../src/content/en/steps.json';
import content from '../../src/content/en/tour.json';
import { myths, tourQuestions, tourStops } from '../../src/content/tour.ts';
import { placesOf, spansOf } from '../../src/content/words.ts';
import { checks } from '../../src/panels/tour/checks.ts';
import { positionOf } from '../../src/panels/tour/model.ts';
import type { Outline } from '../../src/store/store.ts';
import { LENSES } from '../../src/store/store.ts';
import type { Notes } from '../../src/content/schema.ts';
import { harms } from '../../src/store/harm.ts';
import { configValues } from '../../src/store/values.ts';
import { Watched } from '../store/stage/run.ts';

const line = v.pipe(v.string(), v.nonEmpty());
const title = v.pipe(line, v.maxLength(80), v.regex(/[^.]$/, 'a title has no full stop'));
const number = v.pipe(v.number(), v.integer(), v.minValue(1));
const bug = v.picklist(Object.keys(harms));
const look = v.strictObject({
  spot: v.picklist(Object.keys(content.spots)),
  lens: v.optional(v.picklist(LENSES)),
  setting: v.optional(v.picklist(Object.keys(content.settings))),
  seam: v.optional(v.literal(true)),
  key: v.optional(line),
});
const schema = v.strictObject({
  words: v.record(v.string(), v.union([line, v.record(v.string(), line)])),
  spots: v.record(v.string(), line),
  settings: v.record(v.string(), line),
  stops: v.array(
    v.strictObject({
      id: line,
      at: v.union([v.literal('start'), v.strictObject({ key: v.pipe(line, v.regex(/^[^#]+#[^#]+$/)), occurrence: number })]),
      title,
      text: line,
      textTouch: v.optional(line),
      look,
      harm: v.optional(bug),
      questions: v.array(number),
    }),
  ),
  questions: v.array(
    v.strictObject({
      id: number,
      name: v.pipe(title, v.maxLength(36)),
      look,
      prompt: line,
      hint: line,
      choices: v.optional(
        v.pipe(
          v.array(
            v.union([v.strictObject({ text: line, right: v.literal(true) }), v.strictObject({ text: line, why: line })]),
          ),
          v.length(3),
          v.check((all) => all.filter((one) => 'right' in one).length === 1, 'one of the choices is right'),
        ),
      ),
      answer: line,
      harm: v.optional(bug),
    }),
  ),
  myths: v.array(v.strictObject({ n: number, key: line })),
});

const TWELVE = Array.from({ length: 12 }, (_, index) => index + 1);
const notes: Notes = steps;

function sentences(text: string): number {
  return [...text.matchAll(/[.!?]["”)`*]*(?=\s|$)/g)].length;
}

describe('the words of the tour', () => {
  it('have the shape that the tour draws', () => {
    const read = v.safeParse(schema, content);
    expect(read.issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`) ?? []).toEqual([]);
  });

  it('are twelve to fifteen stops, each of two to four sentences, with numbers of the run alone', () => {
    expect(tourStops.length).toBeGreaterThanOrEqual(12);
    expect(tourStops.length).toBeLessThanOrEqual(15);
    const known = configValues(new Watched(4, 1).outline.run.config);
    for (const { id, title: name, text, textTouch } of tourStops) {
      for (const one of [text, textTouch ?? text]) expect([id, sentences(one)]).toEqual([id, Math.min(4, Math.max(2, sentences(one)))]);
      expect([id, placesOf(name + text + (textTouch ?? '')).filter((place) => !(place in known))]).toEqual([id, []]);
    }
    expect(new Set(tourStops.map(({ id }) => id)).size).toBe(tourStops.length);
  });

  it('use no marks but `code` and **strong**', () => {
    const texts = [
      ...tourStops.flatMap(({ title: name, text }) => [name, text]),
      ...tourQuestions.flatMap(({ prompt, hint, answer, choices }) => [
        prompt, hint, answer, ...(choices ?? []).flatMap(({ text, why = '' }) => [text, why]),
      ]),
    ];
    const stray = texts.filter((text) =>
      spansOf(text).some(({ look, text: part }) => look === 'plain' && /[`*<>#|[\]{}]/.test(part.replace(/\{\w+\}/g, ''))),
    );
    expect(stray).toEqual([]);
  });
});

describe('the questions', () => {
  it('are the twelve, in order, each with a check, and prepared by some stop', () => {
    expect(tourQuestions.map(({ id }) => id)).toEqual(TWELVE);
    expect(Object.keys(checks).map(Number)).toEqual(TWELVE);
    expect([...new Set(tourStops.flatMap(({ questions }) => questions))].sort((a, b) => a - b)).toEqual(TWELVE);
  });

  it('are answered by doing, all but a few', () => {
    expect(tourQuestions.filter(({ choices }) => choices === undefined).length).toBeGreaterThanOrEqual(8);
  });
});

/** Ids of the stops that this run does not come to. */
function missing(outline: Outline): string[] {
  return tourStops.filter(({ at }) => positionOf(at, outline) === undefined).map(({ id }) => id);
}

describe('the stops', () => {
  it('are all in the run that the page opens with, in the order in which it comes to them', () => {
    const { outline } = new Watched(4, 1);
    const places = tourStops.map(({ at }) => positionOf(at, outline));
    expect(places).not.toContain(undefined);
    expect(places).toEqual([...places].sort((a, b) => a! - b!));
  });

  it('of the watch is at the step that sets it, in every run', () => {
    const { at } = tourStops.find(({ id }) => id === 'nobody-polls')!;
    for (const run of [new Watched(1, 1), new Watched(4, 1), new Watched(16, 2)]) {
      run.seek(positionOf(at, run.outline)!);
      expect(run.frame.step?.effects).toContainEqual(expect.objectContaining({ op: 'WATCH', node: '/local/domain/5/device/vif/0/state' }));
    }
  });

  it.each([
    [1, 1, ['references']],
    [1, 2, []],
    [2, 1, []],
    [2, 2, []],
    [4, 2, []],
    [8, 1, []],
    [8, 2, []],
    [16, 1, []],
    [16, 2, []],
  ])('with %i pages and queues: %i', (pages, queues, without) => {
    expect(missing(new Watched(pages, queues).outline)).toEqual(without);
  });

  it('with a PVH dom0, all but the range that only a PV dom0 reserves', () => {
    expect(missing(new Watched(4, 1, 64, { backend: 'pvh' }).outline)).toEqual(['range']);
  });
});

describe('the nine claims of the notes', () => {
  /** What each is about, by its number in the list; the words may change, these may not. */
  const about: Readonly<Record<number, { said: RegExp; does: RegExp }>> = {
    1: { said: /keeps monitoring/, does: /nothing in it polls/ },
    2: { said: /DEFINE_XENBUS_DRIVER/, does: /Right for its time/ },
    3: { said: /XENBUS_MAX_RING_PAGES/, does: /order 4, 16 pages/ },
    4: { said: /simple malloc/, does: /whole zeroed kernel pages/ },
    5: { said: /ends in a hypercall/, does: /no hypercall/ },
    6: { said: /from malloc/, does: /No userspace/ },
    7: { said: /sizeof\(xen_netif_tx\)/, does: /4096, not 786432/ },
    8: { said: /just one `PAGE_SIZE`/, does: /256 elements/ },
    9: { said: /left open whether machine frame numbers/, does: /No frame number crosses/ },
  };

  it('are each at the step that settles it, and nowhere else', () => {
    expect(myths.map(({ n }) => n)).toEqual(Object.keys(about).map(Number));
    const withCard = Object.entries(notes).flatMap(([key, { myth }]) => (myth === undefined ? [] : [key]));
    expect(withCard.sort()).toEqual(myths.map(({ key }) => key).sort());
    for (const { n, key } of myths) {
      expect([n, notes[key]?.myth?.said]).toEqual([n, expect.stringMatching(about[n]!.said)]);
      expect([n, notes[key]?.myth?.does]).toEqual([n, expect.stringMatching(about[n]!.does)]);
    }
  });

  it('are met in the run that the page opens with', () => {
    const { keys } = new Watched(4, 1).outline;
    expect(myths.filter(({ key }) => !keys.includes(key))).toEqual([]);
  });
});
