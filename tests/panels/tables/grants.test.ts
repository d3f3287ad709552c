import { describe, expect, it } from 'vitest';
import { entryCount, entryReader, runsWhere, segmentAt, segmentsOf } from '../../../src/panels/lenses/grants/segments.ts';
import type { Segment } from '../../../src/panels/lenses/grants/segments.ts';
import { handlesByRef, hotRefs, purposeAt, rowAt, rowOf, rowsOf, totals } from '../../../src/panels/lenses/grants/rows.ts';
import type { Filter, Rows } from '../../../src/panels/lenses/grants/rows.ts';
import { flagsSentence, mapFlags, pinText } from '../../../src/panels/lenses/grants/words.ts';
import { Watched } from '../../store/stage/run.ts';

function segments(run: Watched): readonly Segment[] {
  return segmentsOf(run.now, run.view.rings);
}

function shown(run: Watched, filter: Partial<Filter> = {}, open: readonly string[] = []): Rows {
  return rowsOf(run.now, segments(run), { text: '', kind: 'all', ...filter }, handlesByRef(run.now), new Set(open));
}

const ranges = (all: readonly Segment[]): unknown[] => all.map(({ from, to, use }) => [from, to, use]);
const foundBy = (run: Watched, filter: Partial<Filter>): unknown[] => ranges(shown(run, filter).blocks.map(({ segment }) => segment));

/** Every entry of the table is in one segment, in order. */
function expectWhole(run: Watched): void {
  let next = 0;
  for (const { from, to } of segments(run)) {
    expect(from).toBe(next);
    expect(to).toBeGreaterThanOrEqual(from);
    next = to + 1;
  }
  expect(next).toBe(entryCount(run.now));
}

describe('what the entries are for', () => {
  const run = new Watched(4, 1);

  it('is nothing yet at the start, beside the reserved ones', () => {
    run.seek(0);
    expect(ranges(segments(run))).toEqual([[0, 7, 'reserved'], [8, 511, 'free']]);
  });

  it('is pools, rings and free ones once the rings are there', () => {
    run.seek(run.length);
    expect(ranges(segments(run))).toEqual([
      [0, 7, 'reserved'], [8, 1031, 'tx-pool'], [1032, 2055, 'rx-buffer'], [2056, 2059, 'ring'], [2060, 2063, 'ring'],
      [2064, 2559, 'free'],
    ]);
    expect(purposeAt(segments(run), 2061)).toBe('queue 0 RX ring page 1');
    expect(purposeAt(segments(run), 1)).toBe('reserved for xenstore');
    expect(totals(segments(run)).get('ring')).toBe(8);
  });

  it('covers the table exactly at every step', () => {
    for (let n = 0; n <= run.length; n += 7) {
      run.seek(n);
      expectWhole(run);
    }
  });

  it('knows new frames before the kernel lists them, and references that are taken but not granted', () => {
    run.after('gnttab_expand#grow_free_list');
    run.seek(run.frame.position - 1);
    expect(ranges(segments(run)).at(-1)).toEqual([512, 1535, 'new']);
    run.after('gnttab_grant_foreign_access#store_frame', 2);
    expect(ranges(segments(run))).toContainEqual([2057, 2059, 'taken']);
  });

  it('covers a table of 129 frames, and finds the segment of any entry', () => {
    const large = new Watched(16, 8, 256);
    large.seek(large.length);
    expectWhole(large);
    expect(entryCount(large.now)).toBe(129 * 512);
    expect(totals(segments(large)).get('rx-buffer')).toBe(8 * 4096);
    expect(segmentAt(segments(large), 65656)).toMatchObject({ use: 'ring', queue: 3, ring: { direction: 'rx', page: 0 } });
    const open = shown(large, {}, ['rx-buffer 3']);
    for (const ref of [28680, 30000, 32775]) {
      expect(rowAt(open, rowOf(open, ref))?.ref).toBe(ref);
    }
    expect(rowAt(open, rowOf(open, 24584))).toMatchObject({ ref: null, block: { segment: { use: 'tx-pool' } } });
  });

  it('is what a dead guest left while dom0 still maps it, and nothing once it is gone', () => {
    const crash = new Watched(2, 1, 64, {}, 'close-crash');
    for (let n = 0; n <= crash.length; n++) {
      crash.seek(n);
      expectWhole(crash);
    }
    expect(segments(crash)).toEqual([]);
    crash.seek(60);
    expect(totals(segments(crash))).toEqual(new Map([['reserved', 8], ['blank', 512], ['left', 512], ['ring', 4], ['blank', 1012]]));
  });

  it('calls a reference of a ring free once it is in the free list: as many are free as the kernel counts', () => {
    const unplug = new Watched(4, 1, 64, {}, 'close-unplug');
    for (let n = 0; n <= unplug.length; n++) {
      unplug.seek(n);
      expectWhole(unplug);
      expect(totals(segments(unplug)).get('free')).toBe(unplug.now.get('gnttab:domU')?.free_count);
    }
  });

  it('tells packets on their way out from the pool', () => {
    const traffic = new Watched(1, 1, 64, {}, 'traffic');
    const seen = new Set<string>();
    for (let n = 0; n <= traffic.length; n += 3) {
      traffic.seek(n);
      expectWhole(traffic);
      for (const { use } of segments(traffic)) seen.add(use);
    }
    expect(seen).toContain('tx-data');
  });
});

describe('a filter', () => {
  const run = new Watched(4, 1);
  run.after('map_grant_ref#map_one', 3);

  it('finds a reference, a range, a frame as either side calls it, and words', () => {
    expect(foundBy(run, { text: ' 2057 ' })).toEqual([[2057, 2057, 'ring']]);
    expect(foundBy(run, { text: '2054-2057' })).toEqual([[2054, 2055, 'rx-buffer'], [2056, 2057, 'ring']]);
    expect(shown(run, { text: '2064-' }).found).toBe(496);
    expect(foundBy(run, { text: '0x1a3c2' })).toEqual([[2058, 2058, 'ring']]);
    expect(foundBy(run, { text: '1A3C2' })).toEqual([[2058, 2058, 'ring']]);
    const mfn = run.now.get('xen:active:5:2058')!.mfn.toString(16);
    expect(foundBy(run, { text: mfn })).toEqual([[2058, 2058, 'ring']]);
    expect(foundBy(run, { text: 'rx RING page 2' })).toEqual([[2062, 2062, 'ring']]);
    expect(foundBy(run, { text: 'console' })).toEqual([[0, 0, 'reserved']]);
  });

  it('finds nothing for nonsense, and says so by a count', () => {
    for (const text of ['no such thing', '99999999', '3000-4000', '9-8']) {
      expect(shown(run, { text })).toMatchObject({ count: 0, found: 0 });
    }
  });

  it('of kinds finds what is that kind now', () => {
    expect(foundBy(run, { kind: 'mapped' })).toEqual([[2056, 2058, 'ring']]);
    expect(shown(run, { kind: 'granted' }).found).toBe(1024 + 8);
    expect(foundBy(run, { kind: 'pools' })).toEqual([[8, 1031, 'tx-pool']]);
    expect(foundBy(run, { kind: 'free', text: '2070-2080' })).toEqual([[2070, 2080, 'free']]);
    expect(foundBy(run, { kind: 'ring', text: '2058-2061' })).toEqual([[2058, 2059, 'ring'], [2060, 2061, 'ring']]);
    expect(purposeAt(shown(run, { kind: 'ring', text: '2058' }).blocks.map(({ segment }) => segment), 2058))
      .toBe('queue 0 TX ring page 2');
  });
});

describe('the rows', () => {
  const run = new Watched(4, 1);

  it('fold what is for the same thing, and open on demand', () => {
    run.seek(run.length);
    const folded = shown(run);
    expect(folded.count).toBe(4 + 8);
    expect(folded.blocks.filter(({ kind }) => kind === 'fold').map(({ segment }) => segment.use))
      .toEqual(['reserved', 'tx-pool', 'rx-buffer', 'free']);
    const open = shown(run, {}, ['reserved ']);
    expect(open.count).toBe(4 + 8 + 8);
    expect(rowAt(open, 3)?.ref).toBe(2);
    expect(rowAt(open, 0)?.ref).toBeNull();
  });

  it('know which entries a step changed, also within a fold', () => {
    run.after('map_grant_ref#map_one', 2);
    const all = segments(run);
    expect(hotRefs(run.now, all)).toEqual([2057]);
    expect(rowAt(shown(run), rowOf(shown(run), 2057))?.ref).toBe(2057);
    run.after('xennet_alloc_rx_buffers#post_buffers');
    const hot = hotRefs(run.now, segments(run));
    expect(hot.length).toBeGreaterThan(0);
    for (const ref of hot) expect(rowAt(shown(run), rowOf(shown(run), ref))?.block.segment.use).toBe('rx-buffer');
  });

  it('decode the bytes as they are in memory', () => {
    run.seek(run.length);
    expect(entryReader(run.now)(2056)).toEqual({ flags: 0x19, domid: 0, frame: 0x1a3c0 });
    expect(entryReader(run.now)(8)).toEqual({ flags: 0, domid: 0, frame: 0 });
  });
});

describe('words', () => {
  it('tell flags, pins and map flags apart', () => {
    expect(flagsSentence(0x19)).toBe('Flags 0x0019: type 1, permit access; reading, writing.');
    expect(flagsSentence(0)).toBe('Flags 0x0000: type 0, invalid: lets nobody in; no other bit is set.');
    expect(flagsSentence(0x5)).toContain('read-only');
    expect(pinText(0x0201)).toBe('1 writable, 2 read-only');
    expect(mapFlags(0x12)).toBe('host_map, contains_pte');
  });

  it('runs are as long as they can be', () => {
    expect(runsWhere(0, 9, (n) => n % 5 > 1)).toEqual([[2, 4], [7, 9]]);
    expect(runsWhere(3, 2, () => true)).toEqual([]);
  });
});
