import { describe, expect, it } from 'vitest';
import steps from '../../src/content/en/steps.json';
import type { Note, Notes } from '../../src/content/schema.ts';
import { repeated, withBackend } from '../../src/content/variants.ts';
import { headingOf, noteFor, placesOf, spansOf } from '../../src/content/words.ts';
import { programKeys, scenarios, Timeline } from '../../src/sim/index.ts';
import type { Config } from '../../src/sim/index.ts';
import { configValues, stepValues } from '../../src/store/values.ts';
import { Watched } from '../store/stage/run.ts';

const notes: Notes = steps;
const entries = Object.entries(notes);

/** Every text of a note with the name of its field. */
function textsOf({ title, which, text, pvh, again, why, refused, myth }: Note): [string, string][] {
  const all: [string, string | undefined][] = [
    ['title', title],
    ['which', which],
    ['text', text],
    ['pvh', pvh],
    ['again', again],
    ['why', why],
    ['refused title', refused?.title],
    ['refused text', refused?.text],
    ['refused why', refused?.why],
    ['said', myth?.said],
    ['does', myth?.does],
  ];
  return all.flatMap(([name, words]) => (words === undefined ? [] : [[name, words]]));
}

/** Sentences of a text; a full stop inside a name ("vif5.0", "xenbus_probe.c") ends none. */
function sentences(text: string): number {
  return [...text.matchAll(/[.!?]["”)`*]*(?=\s|$)/g)].length;
}

/** Places of a note that the page fills from what the step did, not from the configuration. */
function placesOfStep(note: Note, config: Config): string[] {
  const fixed = { ...configValues(config), turn: 0, turns: 0 };
  return textsOf(note).flatMap(([, words]) => placesOf(words).filter((place) => !(place in fixed)));
}

const usual: Config = { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' };
/** Runs that together take both ways of mapping, several queues, and a grant table that is too small. */
const runs: readonly Config[] = [
  usual,
  { ...usual, txPages: 1, rxPages: 1, backend: 'pvh' },
  { ...usual, txPages: 16, rxPages: 16, queues: 4 },
  { ...usual, txPages: 16, rxPages: 16, maxGrantFrames: 4 },
];

describe('notes and operations', () => {
  it('belong together: every operation has a note, every note an operation', () => {
    const keys = programKeys();
    expect(keys.filter((key) => !(key in notes))).toEqual([]);
    expect(Object.keys(notes).filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe('every note', () => {
  it('has a title that is one line without a full stop', () => {
    expect(entries.filter(([, { title }]) => /[.\n]$|\n/.test(title)).map(([key]) => key)).toEqual([]);
  });

  it('has a title of its own within its function', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const [key, { title }] of entries) {
      const place = `${key.split('#')[0]}#${title}`;
      if (seen.has(place)) twice.push(`${key} and ${seen.get(place)}: ${title}`);
      seen.set(place, key);
    }
    expect(twice).toEqual([]);
  });

  it('says it in one to four sentences, and why in one to three', () => {
    const wrong = entries.filter(([, { text, pvh = text, again = text, why }]) =>
      [text, pvh, again].some((one) => sentences(one) < 1 || sentences(one) > 4) ||
      (why !== undefined && (sentences(why) < 1 || sentences(why) > 3)));
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('uses no marks but `code` and **strong**', () => {
    const stray = entries.flatMap(([key, note]) =>
      textsOf(note).flatMap(([name, words]) =>
        spansOf(words)
          .filter(({ look, text }) => look === 'plain' && /[`*<>#|[\]]/.test(text))
          .map(({ text }) => `${key} ${name}: ${text}`),
      ),
    );
    expect(stray).toEqual([]);
  });
});

describe('places for numbers', () => {
  it('are filled in titles even before the step has run', () => {
    const known = configValues(usual);
    const empty = entries.filter(([, { title }]) => placesOf(title).some((place) => !(place in known)));
    expect(empty.map(([key]) => key)).toEqual([]);
  });

  it('are filled at every step of every run, and used only by steps that some run takes', () => {
    const missing = new Set<string>();
    const places = new Map(entries.map(([key, note]) => [key, placesOfStep(note, usual)]));
    const waiting = new Set(entries.map(([key]) => key).filter((key) => places.get(key)!.length > 0));
    for (const config of runs) {
      const scenario = scenarios[0]!;
      const timeline = new Timeline(scenario.build(config), scenario.schedule);
      while (timeline.forward());
      for (let n = 0; n < timeline.length; n++) {
        const { key } = timeline.info(n).op;
        waiting.delete(key);
        if (places.get(key)!.length === 0) continue;
        const values = stepValues(config, timeline.effects(n));
        for (const place of places.get(key)!) if (!(place in values)) missing.add(`${key}: {${place}}`);
      }
    }
    expect([...missing]).toEqual([]);
    expect([...waiting]).toEqual([]);
  });
});

describe('steps with the same title', () => {
  it('are told from each other by what they are about', () => {
    const scenario = scenarios[0]!;
    const timeline = new Timeline(scenario.build(usual), scenario.schedule);
    while (timeline.forward());
    const headings = new Map<string, string[]>();
    for (let n = 0; n < timeline.length; n++) {
      const { key } = timeline.info(n).op;
      if (notes[key]?.which === undefined) continue;
      const heading = headingOf(notes[key], stepValues(usual, timeline.effects(n)));
      headings.set(key, [...(headings.get(key) ?? []), heading]);
    }
    expect(headings.get('map_grant_ref#map_one')).toHaveLength(8);
    expect(headings.get('map_grant_ref#map_one')![1]).toMatch(/ maps the page into dom0: reference 2057$/);
    expect(headings.get('write_queue_xenstore_keys#write_key')![0]).toMatch(/: `tx-ring-ref0`$/);
    // A thing that comes twice in a run, such as a port that is notified again, has its name both times.
    for (const own of headings.values()) expect(new Set(own).size).toBeGreaterThan(1);
  });

  it('have the title alone where the step does not say it', () => {
    const note = notes['map_grant_ref#map_one']!;
    expect(headingOf(note, {})).toBe(note.title);
  });
});

const STATES = ['Unknown', 'Initialising', 'InitWait', 'Initialised', 'Connected', 'Closing', 'Closed'];

/** The states that one end, or both, have published, as the note has it; what it waits or looks for is not so yet. */
function statesSaid({ title, text }: Note): string[] {
  const said = `${title.split(/\b(?:whether|until)\b/)[0]}. ${text.match(/\bNow\b[^.]*/)?.[0] ?? ''}`;
  const words = /\b(?:says|publishes|is|are|is in|answers with) ([A-Z]\w+)/g;
  return [...said.matchAll(words)].map(([, state]) => state!);
}

describe('a note that says that an end has a state', () => {
  it('is found by its words', () => {
    expect(statesSaid(notes['netback_changed#netdev_notify_peers']!)).toEqual(['Connected']);
  });

  it.each([
    'netif-multipage', 'close-unplug', 'reconnect-unbind-bind', 'reconnect-resume',
    'fault-ref-not-granted', 'bug-state-before-refs',
  ])(
    'stands at no step of %s at which xenstore does not have it yet', (id) => {
      const scenario = scenarios.find((one) => one.id === id)!;
      const timeline = new Timeline(scenario.build(scenario.defaults), scenario.schedule);
      while (timeline.forward());
      const watched = new Watched(4, 1, 64, scenario.defaults, id);
      const checked = Array.from({ length: timeline.length }, (_, n) => ({ n, key: timeline.info(n).op.key }))
        .filter(({ key }) => statesSaid(notes[key]!).some((state) => STATES.includes(state)));
      const early = checked.filter(({ n, key }) => {
        const { frontend, backend } = watched.seek(n + 1);
        const published = [frontend, backend].map(({ track }) => STATES[track.published ?? 0]!);
        const both = /\bboth ends\b/.test(notes[key]!.text);
        return !statesSaid(notes[key]!).every(
          (state) => (both ? published.every((one) => one === state) : published.includes(state)),
        );
      });
      expect(early).toEqual([]);
    },
  );
});

describe('a note with words for a PVH backend', () => {
  it('speaks of one kind of backend in each', () => {
    const both = entries.flatMap(([key, { text, pvh }]) => (pvh === undefined ? [] : [{ key, text, pvh }]));
    expect(both.map(({ key }) => key)).toEqual(
      ['map_grant_ref#map_one', 'unmap_grant_ref#unmap_one', 'xenbus_unmap_ring_vfree#free_area'],
    );
    expect(both.filter(({ text }) => /p2m|PVH|guest frame|vmap/.test(text))).toEqual([]);
    expect(both.filter(({ pvh }) => /page-table|\bPV\b/.test(pvh))).toEqual([]);
  });

  it('says them with that backend alone', () => {
    const note = notes['map_grant_ref#map_one']!;
    expect(withBackend(note, 'pv')).toBe(note);
    expect(withBackend(note, 'pvh')).toEqual({ ...note, text: note.pvh });
    expect(withBackend(notes['map_grant_ref#map_one']!, 'pvh').text).toContain('p2m');
    expect(withBackend(notes['HYPERVISOR_grant_table_op#enter_map']!, 'pvh')).toBe(notes['HYPERVISOR_grant_table_op#enter_map']);
  });
});

describe('a note that is read again', () => {
  it('is a good deal shorter, and says neither why nor what is believed', () => {
    const again = entries.filter(([, note]) => note.again !== undefined);
    expect(again.map(([key]) => key)).toEqual(['map_grant_ref#map_one', 'unmap_grant_ref#unmap_one']);
    for (const [, note] of again) {
      const { title, which, text, ...rest } = repeated(note);
      expect({ title, which, rest }).toEqual({ title: note.title, which: note.which, rest: {} });
      expect(text.length).toBeLessThan(note.text.length / 1.5);
    }
  });

  it('stays as it is where nothing else is to be said, but for what is believed', () => {
    const note = notes['HYPERVISOR_grant_table_op#enter_map']!;
    expect(repeated(note)).toEqual(note);
    const { myth, ...rest } = notes['gnttab_grant_foreign_access#store_flags']!;
    expect(myth).toBeDefined();
    expect(repeated({ ...rest, myth: myth! })).toEqual(rest);
  });
});

describe('what is commonly believed', () => {
  it('is set right at nine steps, beginning with the notes and naming nobody', () => {
    const cards = entries.flatMap(([, { myth }]) => (myth === undefined ? [] : [myth.said]));
    expect(cards).toHaveLength(9);
    expect(cards.filter((said) => !said.startsWith('The notes '))).toEqual([]);
  });
});

describe('a note with words for a refusal', () => {
  it('says them where the status is an error, and only there', () => {
    const key = 'map_grant_ref#map_one';
    const effect = (status: number) => [{ kind: 'xen', op: 'map_grant_ref', result: { status } }];
    expect(noteFor(notes, key, effect(-1))?.title).toContain('refuses');
    expect(noteFor(notes, key, effect(0))).toBe(notes[key]);
    expect(noteFor(notes, 'unmap_grant_ref#unmap_one', effect(-1))).toBe(notes['unmap_grant_ref#unmap_one']);
  });
});
