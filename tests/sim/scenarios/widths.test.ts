import { describe, expect, it } from 'vitest';
import { netifRxRing, netifTxRing, ringSize } from '../../../src/abi/index.ts';
import { endState, recordRun, scenarios, type Config } from '../../../src/sim/index.ts';

const [scenario] = scenarios;

interface Row {
  pages: number;
  queues: number;
  limit: number;
  made: number;
  frames: number;
  firstTx?: number;
  firstRx?: number;
}

/** What the grant allocator must give: table version 1, growth appended, 8 entries reserved. */
const TABLE: readonly Row[] = [
  { pages: 1, queues: 1, limit: 64, made: 1, frames: 2, firstTx: 520, firstRx: 521 },
  { pages: 2, queues: 1, limit: 64, made: 1, frames: 3, firstTx: 1032, firstRx: 1034 },
  { pages: 4, queues: 1, limit: 64, made: 1, frames: 5, firstTx: 2056, firstRx: 2060 },
  { pages: 16, queues: 1, limit: 64, made: 1, frames: 17, firstTx: 8200, firstRx: 8216 },
  { pages: 16, queues: 2, limit: 64, made: 2, frames: 33, firstTx: 16392, firstRx: 16408 },
  { pages: 16, queues: 3, limit: 64, made: 3, frames: 49, firstTx: 24584, firstRx: 24600 },
  { pages: 16, queues: 4, limit: 64, made: 3, frames: 57, firstTx: 24584 },
  { pages: 16, queues: 8, limit: 64, made: 3, frames: 57, firstTx: 24584 },
  { pages: 8, queues: 8, limit: 64, made: 7, frames: 61, firstTx: 28680 },
  { pages: 16, queues: 8, limit: 128, made: 7, frames: 121 },
  { pages: 16, queues: 8, limit: 129, made: 8, frames: 129 },
];

function run(row: Pick<Row, 'pages' | 'queues' | 'limit'>, backend: Config['backend']) {
  const config: Config = { txPages: row.pages, rxPages: row.pages, queues: row.queues, maxGrantFrames: row.limit, backend };
  return endState(recordRun(scenario!, config).machine);
}

describe.each(['pv', 'pvh'] as const)('every width, %s', (backend) => {
  it.each(TABLE)('$pages pages x $queues queues within $limit frames', (row) => {
    const end = run(row, backend);
    expect(end.queues).toBe(row.made);
    expect(end.grant_table.frames).toBe(row.frames);
    if (row.firstTx !== undefined) expect(end.rings[0]!.refs[0]).toBe(row.firstTx);
    if (row.firstRx !== undefined) expect(end.rings[1]!.refs[0]).toBe(row.firstRx);
    expect(end.states).toEqual({
      frontend: { published: 4, cached: 4, driver: null },
      backend: { published: 4, cached: 4, driver: 4 },
    });
    expect(end.rings).toHaveLength(row.made * 2);
    for (const ring of end.rings) {
      const slot = ring.direction === 'tx' ? netifTxRing.entry.size : netifRxRing.entry.size;
      const entries = ringSize(row.pages * 4096, slot);
      expect(ring.entries).toBe(entries);
      expect(ring.backend?.nr_ents).toBe(entries);
      expect(ring.refs).toHaveLength(row.pages);
      expect(ring.backend?.handles).toHaveLength(row.pages);
      expect(ring.header.req_prod).toBe(ring.direction === 'rx' ? entries : 0);
    }
    const mapped = end.grant_table.entries.filter((entry) => entry.pin !== null);
    expect(mapped).toHaveLength(2 * row.made * row.pages);
    expect(mapped.every((entry) => entry.flags === 0x19 && entry.domid === 0)).toBe(true);
    expect(end.maptrack).toHaveLength(mapped.length);
    expect(end.ports.every((port) => port.state === 'interdomain' && !port.masked)).toBe(true);
    expect(end.ports).toHaveLength(4 * row.made);
  });
});

describe('a grant table that is too small', () => {
  it.each([4, 8])('says why only three queues were made, asked for %i', (queues) => {
    const end = run({ pages: 16, queues, limit: 64 }, 'pv');
    expect(end.logs.domU).toEqual([
      'xen:grant_table: xen/grant-table: max_grant_frames reached cur=57 extra=8 limit=64 gnttab_free_count=504 req_entries=3592',
      "xen_netfront: can't alloc rx grant refs",
      'vif vif-0: only created 3 queues',
    ]);
  });

  it('makes no queue at all when not even the first pool fits, and closes', () => {
    const end = run({ pages: 16, queues: 1, limit: 4 }, 'pv');
    expect(end.queues).toBe(0);
    expect(end.rings).toEqual([]);
    expect(end.logs.domU).toContain("xen_netfront: can't alloc tx grant refs");
    expect(end.logs.domU).toContain('vif vif-0: 22 creating queues');
    expect(end.xenstore.find((node) => node.path === '/local/domain/5/error/device/vif/0/error')?.value).toBe('22 creating queues');
  });
});

describe('keys in xenstore', () => {
  it('writes a plain reference and no order for one page', () => {
    const paths = run({ pages: 1, queues: 1, limit: 64 }, 'pv').xenstore.map((node) => node.path);
    expect(paths).toContain('/local/domain/5/device/vif/0/tx-ring-ref');
    expect(paths.some((path) => path.includes('-ring-order'))).toBe(false);
  });

  it('writes the order at top level and the references under queue-N for several pages and queues', () => {
    const end = run({ pages: 16, queues: 2, limit: 64 }, 'pvh');
    const value = (path: string) => end.xenstore.find((node) => node.path === `/local/domain/5/device/vif/0/${path}`)?.value;
    expect(value('tx-ring-order')).toBe('4');
    expect(value('rx-ring-order')).toBe('4');
    expect(value('queue-0/tx-ring-ref0')).toBe('16392');
    expect(value('queue-1/rx-ring-ref15')).toBe('16455');
    expect(value('tx-ring-ref0')).toBeUndefined();
    expect(value('multi-queue-num-queues')).toBe('2');
  });

  it('lets TX and RX differ', () => {
    const config: Config = { txPages: 1, rxPages: 8, queues: 1, maxGrantFrames: 64, backend: 'pv' };
    const end = endState(recordRun(scenario!, config).machine);
    expect(end.rings.map((ring) => [ring.direction, ring.pages, ring.entries])).toEqual([
      ['tx', 1, 256],
      ['rx', 8, 2048],
    ]);
    expect(end.states.backend.published).toBe(4);
  });
});
