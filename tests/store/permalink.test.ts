import {
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  string as anyString,
  tuple,
  uniqueArray,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place, RunSpec } from '../../src/store/store.ts';
import { BACKENDS, DEFAULT_RUN, FRAMES, PAGES, QUEUES } from '../../src/store/config.ts';
import { LENSES } from '../../src/store/lenses.ts';
import { checkDigits, formatLink } from '../../src/store/permalink.ts';
import { parseLink } from '../../src/store/read-link.ts';

const name = anyString({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter(
  (text) => !text.includes('#'),
);
const position = integer({ min: 0, max: 999_999_999 });

const runs: Arbitrary<RunSpec> = record({
  scenario: name,
  config: record({
    txPages: constantFrom(...PAGES),
    rxPages: constantFrom(...PAGES),
    queues: integer(QUEUES),
    maxGrantFrames: integer(FRAMES),
    backend: constantFrom(...BACKENDS),
  }),
  choices: uniqueArray(tuple(position, name), { selector: ([at]) => at, maxLength: 12 }).map((choices) =>
    [...choices].sort(([a], [b]) => a - b),
  ),
});

const places: Arbitrary<Place> = oneof(
  record({ kind: constant('position' as const), position }),
  record({ kind: constant('chapter' as const), chapter: name }),
  record({
    kind: constant('key' as const),
    key: tuple(name, name).map(([fn, label]) => `${fn}#${label}`),
    occurrence: integer({ min: 1, max: 999_999_999 }),
  }),
);

/** What a link may hold beside them. */
const rest = record({
  state: oneof(constant(null), integer({ min: 0, max: 0xffff }).map((n) => n.toString(16).padStart(4, '0'))),
  lens: constantFrom(null, ...LENSES),
});

const usual = formatLink(DEFAULT_RUN, { kind: 'position', position: 214 });

/** The problem that a damaged link is shown with; fails on a good one. */
function problemOf(fragment: string): string {
  const link = parseLink(fragment);
  if (link.kind !== 'bad') throw new Error(`${fragment} was read as ${link.kind}`);
  return link.problem;
}

describe('a permalink', () => {
  it('brings back any run and place', () => {
    assert(
      property(runs, places, rest, (run, at, extras) => {
        expect(parseLink(formatLink(run, at, extras))).toEqual({ kind: 'good', run, at, ...extras });
      }),
      { numRuns: 500 },
    );
  });

  it('needs no escaping in an address', () => {
    assert(
      property(runs, places, rest, (run, at, extras) => {
        const link = formatLink(run, at, extras);
        expect(new URL(link, 'https://example.org/').hash).toBe(link);
      }),
    );
  });

  it('is short and can be read by people', () => {
    expect(usual).toMatch(/^#v2\.netif-multipage\.4\.4\.1\.64\.pv\.-\.214\.-\.-\.[0-9a-z]{4}$/);
    expect(
      formatLink(
        { ...DEFAULT_RUN, choices: [[120, 'dom0 xenwatch']] },
        { kind: 'key', key: 'xenvif_connect#map_tx', occurrence: 2 },
        { state: '81f3a5b6c7d8e9f0', lens: 'grants' },
      ),
    ).toMatch(/\.120~dom0\+xenwatch\.xenvif_connect!map_tx~2\.81f3\.grants\.[0-9a-z]{4}$/);
    expect(formatLink(DEFAULT_RUN, { kind: 'key', key: 'xenvif_connect#map_tx', occurrence: 1 })).toContain('.xenvif_connect!map_tx.');
  });

  it('names an act like a thread', () => {
    const run: RunSpec = { ...DEFAULT_RUN, choices: [[120, 'act:ref-not-granted'], [130, 'domU xenbus']] };
    const link = formatLink(run, { kind: 'position', position: 121 });
    expect(link).toMatch(/\.120~act:ref-not-granted,130~domU\+xenbus\.121\.-\.-\.[0-9a-z]{4}$/);
    expect(parseLink(link)).toEqual({ kind: 'good', run, at: { kind: 'position', position: 121 }, state: null, lens: null });
  });

  it('is none where the address has no fragment', () => {
    expect(parseLink('')).toEqual({ kind: 'none' });
    expect(parseLink('#')).toEqual({ kind: 'none' });
  });
});

describe('a link of version 1', () => {
  it('still leads where it led', () => {
    expect(parseLink('#v1.netif-multipage.4.4.1.64.pv.-.xenvif_map_frontend_rings!map_tx_ring~1.t38g')).toEqual({
      kind: 'good',
      run: DEFAULT_RUN,
      at: { kind: 'key', key: 'xenvif_map_frontend_rings#map_tx_ring', occurrence: 1 },
      state: null,
      lens: null,
    });
  });
});

/** With the digits that belong to it. */
function signed(body: string): string {
  return `#${body}.${checkDigits(body)}`;
}

describe('a damaged permalink', () => {
  it('is noticed wherever it was cut, and never throws', () => {
    for (let length = 2; length < usual.length; length++) {
      expect(problemOf(usual.slice(0, length))).toMatch(
        /^This link is damaged: .+ It shows the beginning instead\.$/,
      );
    }
  });

  it('is noticed wherever one character was changed', () => {
    for (let at = 1; at < usual.length; at++) {
      const changed = usual[at] === '3' ? '5' : '3';
      expect(parseLink(usual.slice(0, at) + changed + usual.slice(at + 1)).kind).toBe('bad');
    }
  });

  it.each([
    ['#hello', 'it does not begin with a version such as v2'],
    ['#v1', 'its scenario is missing'],
    ['#v1.netif-multipage.4', 'its number of RX ring pages is missing'],
    ['#v1.netif-multipage.5.4.1.64.pv.-.0.aaaa', '“5” is not a number of TX ring pages'],
    ['#v1.netif-multipage.4.4.9.64.pv.-.0.aaaa', '“9” is not a number of queues'],
    ['#v1.netif-multipage.4.4.1.3.pv.-.0.aaaa', '“3” is not a number of grant frames'],
    ['#v1.netif-multipage.4.4.1.64.hvm.-.0.aaaa', '“hvm” is not a kind of backend'],
    ['#v1.%E0%A4%A.4.4.1.64.pv.-.0.aaaa', '“%E0%A4%A” is not a scenario'],
    ['#v1.netif-multipage.4.4.1.64.pv.-', 'its end is missing'],
    ['#v1.netif-multipage.4.4.1.64.pv.-.214.aaaa', 'its check digits do not match, so it was cut or changed'],
    [`${usual}.more`, 'it has more parts than a link of version 2'],
    ['#v0.netif-multipage', 'there never was a version 0'],
    [signed('v2.netif-multipage.4.4.1.64.pv.-.0.xyz1.-'), 'its state cannot be read'],
    [signed('v2.netif-multipage.4.4.1.64.pv.-.0.-.<b>'), 'there is no lens “<b>”'],
  ])('%s: says that %s', (fragment, why) => {
    expect(problemOf(fragment)).toContain(`damaged: ${why}`);
  });

  it('keeps what can be read of the run and begins at its start', () => {
    expect(parseLink('#v1.netif-multipage.16.99.2.64.pvh.-.214.aaaa')).toMatchObject({
      kind: 'bad',
      run: {
        scenario: 'netif-multipage',
        config: { txPages: 16, rxPages: 4, queues: 2, backend: 'pvh' },
        choices: [],
      },
      at: { kind: 'position', position: 0 },
    });
  });

  it('of a newer version says which', () => {
    expect(problemOf('#v7.anything.at.all')).toBe(
      'This link was made by a newer RingScope (version 7); this one reads version 2. ' +
        'It shows the beginning of the usual run instead.',
    );
  });
});
