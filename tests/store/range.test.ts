// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { firstOf, lastOf, rangeOf } from '../../src/store/range.ts';
import { appStore } from '../../src/store/store.ts';
import { realPage } from '../harness/real-page.ts';
import type { RealPage } from '../harness/real-page.ts';

let page: RealPage;
const state = () => appStore.getState();
const chapter = (id: string) => ({ kind: 'chapter', chapter: id }) as const;
const position = (at: number) => ({ kind: 'position', position: at }) as const;

beforeEach(() => {
  page = realPage(DEFAULT_RUN.scenario, { txPages: 1, rxPages: 1 });
});

describe('the range between two places', () => {
  it('of one chapter begins with the picture of its first step and ends with that of its last', () => {
    const { outline } = state();
    const index = outline!.chapters.findIndex(({ id }) => id === 'mapping');
    const [own, next] = outline!.chapters.slice(index);
    expect(rangeOf(outline!, chapter('mapping'), chapter('mapping'))).toEqual({ from: own!.at + 1, to: next!.at });
  });

  it('is the run where nothing is said, and has its ends where one is', () => {
    const { outline } = state();
    expect(rangeOf(outline!, undefined, undefined)).toEqual({ from: 0, to: outline!.length });
    expect(rangeOf(outline!, position(7), undefined)).toEqual({ from: 7, to: outline!.length });
    expect(rangeOf(outline!, undefined, { kind: 'key', key: 'netback_probe#read', occurrence: 99 })).toHaveProperty('missing');
  });

  it('is none where a place is missing or they are the wrong way round', () => {
    const { outline } = state();
    expect(rangeOf(outline!, chapter('nowhere'), undefined)).toEqual({ missing: chapter('nowhere') });
    expect(rangeOf(outline!, position(0), position(outline!.length + 1))).toEqual({ missing: position(outline!.length + 1) });
    expect(rangeOf(outline!, position(9), position(8))).toBe('backwards');
  });
});

describe('a page confined to a range', () => {
  beforeEach(() => commands.confine({ from: 20, to: 30 }));

  it('is at the beginning of it', () => {
    expect(state()).toMatchObject({ position: 20, range: { from: 20, to: 30 } });
    expect([firstOf(state()), lastOf(state())]).toEqual([20, 30]);
  });

  it('goes to its ends, and to no chapter beyond them', () => {
    commands.step('end');
    expect(state().position).toBe(30);
    commands.toChapter(1);
    expect(state().position).toBe(30);
    commands.step('start');
    expect(state().position).toBe(20);
    commands.toChapter(-1);
    expect(state().position).toBe(20);
    expect(state().rejected).toBeNull();
  });

  it('plays it again from its beginning', () => {
    commands.step('end');
    page.sent.length = 0;
    commands.play();
    expect(page.sent.map(({ type }) => type)).toEqual(['seek', 'play']);
    expect(page.sent[0]).toEqual({ type: 'seek', to: 20 });
  });

  it('has the whole run again when that is asked for, or another run is opened', () => {
    commands.confine(null);
    commands.step('end');
    expect(state().position).toBe(state().outline!.length);
    commands.confine({ from: 20, to: 30 });
    commands.open(state().run, position(3));
    expect(state()).toMatchObject({ position: 3, range: null });
  });
});
