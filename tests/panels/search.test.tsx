// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadNotes } from '../../src/content/words.ts';
import SearchPanel from '../../src/panels/search/Panel.tsx';
import { indexOf, piecesOf, search, searchByOne } from '../../src/panels/search/model.ts';
import type { Found } from '../../src/panels/search/model.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { fakeOutline } from '../harness/fake-engine.ts';
import { freshPage, sentTo } from '../harness/page.ts';
import { realPage } from '../harness/real-page.ts';

let engine: ReturnType<typeof freshPage>;

beforeEach(async () => {
  engine = freshPage();
  await Promise.resolve();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

/** Steps a b a c, of which two have run. */
const outline = {
  ...fakeOutline(DEFAULT_RUN, 12),
  length: 4,
  keys: ['map_ring#a', 'unmap#b', 'connect#c'],
  key: Uint16Array.from([0, 1, 0, 2]),
  chapters: [{ id: 'x', title: 'Mapping the rings', at: 1 }],
};
const keyAt = (n: number): string => outline.keys[outline.key[n]!]!;
const sources = {
  outline,
  position: 2,
  titleOf: (n: number) => (keyAt(n) === 'connect#c' ? 'Maps `every` ring page' : keyAt(n)),
  refusedAt: () => false,
  textOf: (n: number) => (keyAt(n) === 'unmap#b' ? `${'Nothing of this matters. '.repeat(4)}A wake-up may get lost here, and every page with it.` : ''),
  terms: [{ term: 'event channel', forms: ['bell'], means: 'It wakes up whoever sleeps.' }],
  paths: ['/local/map', '/local/<img src=x>'],
  acts: [],
  scenarios: [{ id: 'mapper', title: 'Something', defaults: DEFAULT_RUN.config, acts: [] }],
  lastRef: 2047,
  mirror: { slot: () => undefined },
};
const index = indexOf(sources);
const names = (found: readonly Found[]) => found.map(({ group, results }) => [group, ...results.map(({ name }) => name)]);

describe('searching', () => {
  it('finds by name and by words, the best first of each kind', () => {
    expect(names(search(index, ' MAP '))).toEqual([
      ['chapters', 'Mapping the rings'],
      ['functions', 'map_ring', 'unmap'],
      ['lines', 'map_ring: a', 'unmap: b', 'connect: c'],
      ['keys', '/local/map'],
      ['scenarios', 'Something'],
    ]);
    expect(names(search(index, 'maps every'))).toEqual([['lines', 'connect: c']]);
  });

  it('finds by one of several words where nothing has them all: by the one that the fewest have', () => {
    expect(search(index, 'lost notification')).toEqual([]);
    expect(searchByOne(index, 'lost notification')).toEqual({ word: 'lost', found: search(index, 'lost') });
    expect(searchByOne(index, 'map xyzzy every')?.word).toBe('every');
    expect(searchByOne(index, 'xyzzy notification')).toBeNull();
    expect(searchByOne(index, 'xyzzy')).toBeNull();
  });

  it('begins with a kind in which a name has what was typed, before others that only say it', () => {
    const found = search(indexOf({ ...sources, scenarios: [{ ...sources.scenarios[0]!, title: 'No page' }] }), 'no page');
    expect(names(found)).toEqual([['scenarios', 'No page'], ['lines', 'unmap: b']]);
  });

  it('has what there is in this run before another scenario, whose name only has it in the middle', () => {
    const found = search(indexOf({ ...sources, scenarios: [{ ...sources.scenarios[0]!, title: 'Bug: no page' }] }), 'no page');
    expect(names(found)).toEqual([['lines', 'unmap: b'], ['scenarios', 'Bug: no page']]);
  });

  it('ends with the acts, also where only they have the name', () => {
    const act = { id: 'lose', kind: 'fault', party: 'domU', title: 'Wake up nobody', refusal: null } as const;
    expect(names(search(indexOf({ ...sources, acts: [act] }), 'wake'))).toEqual([
      ['lines', 'unmap: b'], ['terms', 'event channel'], ['acts', 'Wake up nobody'],
    ]);
  });

  it('finds what the notes say and the terms, after names, and shows what stands around it', () => {
    const [lines, terms] = search(index, 'wake');
    expect(lines).toMatchObject({ group: 'lines', results: [{ name: 'unmap: b', target: { position: 2 } }] });
    expect(lines!.results[0]!.words).toMatch(/^….*A wake-up may get lost here, and every page with it\.$/);
    expect(terms).toMatchObject({ group: 'terms', results: [{ name: 'event channel', words: 'It wakes up whoever sleeps.' }] });
    expect(names(search(index, 'bell'))).toEqual([['terms', 'event channel']]);
    expect(names(search(index, 'every page'))).toEqual([['lines', 'unmap: b', 'connect: c']]);
  });

  it('has what is there as it was typed before whole words, those before beginnings, and parts of words last', () => {
    const said = ['a transaction without', 'running outside', 'out of what ran', 'where the table ran out of it'];
    const keys = said.map((_, at) => `f#${at}`);
    const some = indexOf({
      ...sources,
      outline: { ...outline, length: 4, keys, key: Uint16Array.from([0, 1, 2, 3]) },
      titleOf: () => '',
      textOf: (n) => said[n]!,
    });
    expect(names(search(some, 'ran out'))).toEqual([['lines', 'f: 3', 'f: 2', 'f: 0']]);
    expect(names(search(some, 'run out'))).toEqual([['lines', 'f: 1']]);
  });

  it('knows where in a text the hit is', () => {
    const hits = (text: string, query: string) => piecesOf(text, query).filter(({ hit }) => hit).map((piece) => piece.text);
    expect(piecesOf('It Ran out, without', 'ran out')).toEqual([
      { text: 'It ', hit: false }, { text: 'Ran out', hit: true }, { text: ', without', hit: false },
    ]);
    expect(hits('out of what ran, without', 'ran out')).toEqual(['out', 'ran']);
    expect(hits('a transaction', 'ran')).toEqual(['ran']);
    expect(piecesOf('nothing', '')).toEqual([{ text: 'nothing', hit: false }]);
  });

  it('leads to the next time that something runs, or to the first, and says which', () => {
    const [map] = search(index, 'map_ring: a').find(({ group }) => group === 'lines')!.results;
    expect(map).toMatchObject({ leads: 'next: step 3', target: { position: 3 } });
    const [unmap] = search(index, 'unmap').find(({ group }) => group === 'lines')!.results;
    expect(unmap).toMatchObject({ leads: 'not after here; the first time is step 2', target: { position: 2 } });
  });

  it('has a line twice where it was refused once, each with its words of the step to which it leads', () => {
    // The first call of a is refused, and the second one is not.
    const refused = (n: number): boolean => n === 0;
    const titleOf = (n: number): string => (refused(n) ? `Xen refuses reference ${n}` : `Xen maps reference ${n}`);
    const found = (position: number, query: string) =>
      search(indexOf({ ...sources, position, titleOf, textOf: () => '', refusedAt: refused }), query)
        .find(({ group }) => group === 'lines')?.results.filter(({ name }) => name === 'map_ring: a');
    expect(found(0, 'xen')).toMatchObject([
      { words: 'Xen maps reference 2', leads: 'next: step 3', target: { position: 3 } },
      { words: 'Xen refuses reference 0', leads: 'next: step 1', target: { position: 1 } },
    ]);
    expect(found(2, 'refuses')).toMatchObject([
      { words: 'Xen refuses reference 0', leads: 'not after here; the first time is step 1', target: { position: 1 } },
    ]);
    const never = indexOf({ ...sources, titleOf: () => 'Xen maps it', textOf: () => '', refusedAt: () => false });
    expect(search(never, 'refuses')).toEqual([]);
  });

  it('leads to where a function is called, never into the middle of it', () => {
    // Its caller, two lines of it, something that it calls, its last line; then the same again.
    const keys = ['probe#call', 'map_ring#first', 'map_ring#second', 'lock#take', 'map_ring#last'];
    const twice = {
      ...outline,
      length: 10,
      keys,
      key: Uint16Array.from([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]),
      thread: new Uint8Array(10),
      depth: Uint8Array.from([0, 1, 1, 2, 1, 0, 1, 1, 2, 1]),
      floor: Int8Array.from([0, 1, 1, 1, 0, 0, 1, 1, 1, 0]),
    };
    const found = (position: number, query: string) =>
      search(indexOf({ ...sources, titleOf: (n) => keys[n % 5]!, textOf: () => '', outline: twice, position }), query).find(({ group }) => group === 'functions')!.results[0];
    expect(found(1, 'map_ring')).toMatchObject({ leads: 'next call: begins at step 2', target: { position: 2 } });
    expect(found(2, 'map_ring')).toMatchObject({ leads: 'next call: begins at step 7', target: { position: 7 } });
    expect(found(7, 'map_ring')).toMatchObject({
      leads: 'not called after here; the first call begins at step 2', target: { position: 2 },
    });
    expect(found(7, 'lock')).toMatchObject({ leads: 'next call: begins at step 9' });
  });

  it('knows functions by their names of today', () => {
    const old = { ...outline, keys: ['xenbus_map_ring_valloc_pv#a', 'unmap#b', 'connect#c'] };
    const [found] = search(indexOf({ ...sources, outline: old }), 'xenbus_map_ring_pv');
    expect(found?.results).toMatchObject([{ name: 'xenbus_map_ring_valloc_pv', words: 'in Linux 6.12 `xenbus_map_ring_pv`' }]);
  });

  it('takes a number for a grant reference, as far as the table goes', () => {
    expect(search(index, '520')[0]).toMatchObject({ group: 'grants', results: [{ name: 'Grant entry 520' }] });
    expect(search(index, '2048')).toEqual([]);
  });

  it('leads to a step by its number first, as far as the run goes', () => {
    const step = { group: 'steps', results: [{ name: 'Step 4', words: 'Maps `every` ring page', target: { kind: 'position', position: 4 } }] };
    expect(search(index, '4').slice(0, 2)).toMatchObject([step, { group: 'grants' }]);
    expect(search(index, ' Step  4')).toMatchObject([step]);
    expect(search(index, 'step 0')).toMatchObject([{ results: [{ name: 'Step 0', words: '' }] }]);
    expect(search(index, 'step 5')).toEqual([]);
  });

  it('begins with the chapters', () => {
    expect(names(search(index, ''))).toEqual([['chapters', 'Mapping the rings']]);
  });

  it('shows eight of a kind and counts the others', () => {
    const many = indexOf({
      outline, position: 0, titleOf: () => '', textOf: () => '', refusedAt: () => false, terms: [], acts: [], scenarios: [], lastRef: 0, mirror: { slot: () => undefined },
      paths: Array.from({ length: 20 }, (_, i) => `/key/${i}`),
    });
    expect(search(many, '/key')).toMatchObject([{ group: 'keys', more: 12 }]);
  });
});

describe('the words of a run’s notes', () => {
  it.each([['netif-multipage', []], ['fault-ref-not-granted', ['map_grant_ref: map_one']]])(
    'in %s say “refuses” of reference 2056 only where Xen does', async (scenario, names) => {
      const page = realPage(scenario, { txPages: 4, rxPages: 4 });
      appStore.setState({ notes: await loadNotes(), terms: [] });
      render(<SearchPanel />);
      fireEvent.change(screen.getByRole('combobox'), { target: { value: 'without which' } });
      expect(screen.getByRole('listbox').textContent).toContain('script, without which netback');
      fireEvent.change(screen.getByRole('combobox'), { target: { value: 'left open whether' } });
      expect(screen.getByRole('listbox').textContent).toContain('A kernel developer’s notes left open whether');
      fireEvent.change(screen.getByRole('combobox'), { target: { value: 'xen refuses reference' } });
      const group = screen.queryByRole('group', { name: 'Lines' });
      const options = group === null ? [] : within(group).getAllByRole('option');
      const texts = options.map((option) => option.textContent);
      expect(texts.filter((text) => text.includes('Xen refuses reference 2056: nothing is mapped for it'))).toHaveLength(names.length);
      expect(texts.filter((text) => text.includes('Xen refuses reference …'))).toEqual([]);
      page.sent.length = 0;
      for (const option of options) {
        if (!option.textContent.includes('Xen refuses reference 2056')) continue;
        fireEvent.click(option);
        expect(page.sent).toMatchObject([{ type: 'seek' }]);
        expect(names).toContain(option.textContent.split('Xen')[0]);
        expect(appStore.getState().step?.effects).toMatchObject([{ result: { status: -1 } }]);
      }
    });
});

describe('the palette', () => {
  const type = (text: string) => {
    const field = screen.getByRole('combobox');
    fireEvent.change(field, { target: { value: text } });
    return field;
  };

  /** It asks for the run's steps at once: what the notes say of each is made of them. */
  const opened = () => {
    const page = render(<SearchPanel />);
    expect(sentTo(engine)).toMatchObject([{ type: 'ask', question: { kind: 'records', from: 0, to: 300 } }]);
    return page;
  };

  it('is moved with the arrow keys and goes where Enter says', () => {
    appStore.setState({ dialog: 'search' });
    opened();
    const field = type('ports');
    fireEvent.keyDown(field, { key: 'ArrowUp' });
    const looked = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')!;
    expect(looked().textContent).toContain('Ports bound');
    expect(looked().getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sentTo(engine)).toEqual([{ type: 'seek', to: 226 }]);
    expect(appStore.getState().dialog).toBeNull();
  });

  it('goes to a step by its number', () => {
    opened();
    fireEvent.keyDown(type('12'), { key: 'Enter' });
    expect(sentTo(engine)).toEqual([{ type: 'seek', to: 12 }]);
    expect(appStore.getState().dialog).toBeNull();
  });

  it('asks who wrote a grant entry', () => {
    opened();
    const field = type('12');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(appStore.getState().inquiry?.subject.name).toBe('grant entry 12');
  });

  it('opens a scenario, and gives its stage the room that enlarged lenses had', () => {
    appStore.setState({ lensHeight: 400 });
    opened();
    type('made-up fault');
    fireEvent.click(screen.getByRole('option', { name: /A made-up fault/ }));
    expect(appStore.getState()).toMatchObject({ run: { scenario: 'fault-made-up' }, lensHeight: null });
  });

  it('does for Enter an act that is all that was found', () => {
    const act = { id: 'unbind', kind: 'fault', party: 'domU', title: 'Ports unbound', refusal: null } as const;
    appStore.setState(({ stage }) => ({ stage: { ...stage, acts: [act] } }));
    opened();
    fireEvent.keyDown(type('ports unb'), { key: 'Enter' });
    expect(sentTo(engine)).toEqual([{ type: 'choose', thread: 'act:unbind' }]);
  });

  it('offers what cannot be done with its reason, and does not do it', () => {
    const act = { id: 'revoke', kind: 'fault', party: 'domU', title: 'Clear a grant entry', refusal: 'no page is granted yet' } as const;
    appStore.setState(({ stage }) => ({ stage: { ...stage, acts: [act] } }));
    opened();
    fireEvent.keyDown(type('clear a grant'), { key: 'Enter' });
    expect(screen.getByRole('option').textContent).toContain('no page is granted yet');
    expect(sentTo(engine)).toEqual([]);
  });

  it('says that nothing is called so, in plain text, and what can be found', () => {
    const { container } = opened();
    type('<b>xyzzy</b>');
    expect(screen.getByText('Nothing in this run is called “<b>xyzzy</b>”.')).toBeTruthy();
    expect(screen.getByText(/^Try part of a function’s name/)).toBeTruthy();
    expect(container.querySelector('b')).toBeNull();
    type('xyzzy ring');
    expect(screen.getByText('Nothing has all of “xyzzy ring”. What has “ring”:')).toBeTruthy();
    expect(screen.getAllByRole('option').length).toBeGreaterThan(0);
    type('99999');
    expect(screen.getByText('The last step of this run is 300, and the last grant entry 32767.')).toBeTruthy();
  });
});
