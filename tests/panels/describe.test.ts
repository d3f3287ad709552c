import { describe, expect, it } from 'vitest';
import { describeWords } from '../../src/content/describe.ts';
import { answer } from '../../src/engine/answers.ts';
import { Run } from '../../src/engine/run.ts';
import { describeChange, isBookkeeping, slotName } from '../../src/parts/describe.ts';
import type { Layout } from '../../src/parts/frame-names.ts';
import { formatValue } from '../../src/parts/values.ts';
import { scenarios } from '../../src/sim/index.ts';
import type { Value } from '../../src/store/store.ts';

const unknown = { rings: [], memory: () => undefined };
const slot = (name: string, before: Value, after: Value) =>
  describeChange({ cell: 'slot', name, before, after }, unknown);
const node = (value: string, perms: readonly string[] = ['n5'], children: readonly string[] = []) => ({
  value,
  perms,
  children,
});

describe('the name of a slot', () => {
  it.each([
    ['xs:node:/local/domain/5/device/vif/0/state', 'key /local/domain/5/device/vif/0/state'],
    ['xs:queue:dom0', 'events waiting for dom0'],
    ['xen:active:5:2056', 'Xen’s own record of entry 2056 of domain 5'],
    ['xen:handle:0:3', 'maptrack handle 3 of domain 0'],
    ['xen:pte:0:12abc000', 'page table entry at 0x12abc000 of domain 0'],
    ['xen:port:5:11', 'port 11 of domain 5'],
    ['netdev:vif5.0', 'interface vif5.0'],
    ['thread:dom0 xenwatch', 'thread dom0 xenwatch'],
    ['netback:be', 'netback’s backend_info'],
    ['netfront:queue:0', 'netfront’s queue 0'],
    ['xenbus:dom0:vif-5-0', 'xenbus device vif-5-0 of dom0'],
    ['xenwatch_mutex:domU', 'xenwatch’s mutex of domU'],
    ['kthread:vif5.0-q0-guest-rx', 'kernel thread vif5.0-q0-guest-rx'],
    ['xen:dying:5', 'what becomes of domain 5'],
    ['something:new_here', 'something new here'],
  ])('%s reads %s', (name, words) => {
    expect(slotName(name)).toBe(words);
  });
});

it.each(['netif-multipage', 'close-crash', 'reconnect-resume', 'traffic', 'bug-missing-barrier'])(
  'every slot of %s has words', (id) => {
    const scenario = scenarios.find((one) => one.id === id)!;
    const run = new Run(scenario, { scenario: id, config: scenario.defaults, choices: [] });
    run.record(Infinity);
    const found = answer(run, { kind: 'compare', from: 0, to: run.length }, 0);
    if (found.kind !== 'compare') throw new Error(JSON.stringify(found));
    const named = (name: string) => describeWords.slots.some(([pattern]) => new RegExp(pattern!).test(name));
    const wordless = found.slots.filter((change) => !isBookkeeping(change) && !named(change.name));
    expect(wordless.map(({ name }) => name)).toEqual([]);
  },
);

describe('a change in words', () => {
  it('of long lists that differ in the middle is what only one of them has', () => {
    const watch = (name: string) => ({ path: `/local/domain/0/backend/vif/5/0/${name}`, token: 'w' });
    const [one, two, three, four] = ['state', 'hotplug-status', 'online', 'mac'].map(watch);
    expect(slot('xs:watches:dom0', [one!, two!, three!], [one!, three!])).toMatchObject({
      before: '3 watches, then gone: /local/domain/0/backend/vif/5/0/hotplug-status', after: '2 watches',
    });
    expect(slot('xs:watches:dom0', [one!, two!, three!], [one!, four!, three!])).toMatchObject({
      before: '3 watches, then gone: /local/domain/0/backend/vif/5/0/hotplug-status',
      after: '3 watches, new: /local/domain/0/backend/vif/5/0/mac',
    });
  });

  it('of a thread is where it goes on', () => {
    const stack = [{ fn: 'a', shown: 'a', label: 'x' }, { fn: 'net_rx_action', shown: 'net_rx_action', label: 'take' }];
    expect(slot('thread:domU softirq', undefined, stack)).toMatchObject({ before: 'not running', after: 'in net_rx_action' });
    expect(slot('thread:domU softirq', stack, 'finished')).toMatchObject({ before: 'in net_rx_action', after: 'finished' });
  });

  it('of a key is a change of its value', () => {
    expect(slot('xs:node:a', node('1'), node('4'))).toEqual({ what: 'key a', before: '“1”', after: '“4”' });
    expect(slot('xs:node:a', undefined, node('4'))).toEqual({
      what: 'key a',
      before: 'absent',
      after: '“4”',
    });
    expect(slot('xs:node:a', node('4'), undefined).after).toBe('absent');
  });

  it('of a key that only got other permissions says that, or that it was written again', () => {
    expect(slot('xs:node:a', node('1'), node('1'))).toMatchObject({
      before: '“1”',
      after: 'the same, written again',
    });
    expect(slot('xs:node:a', node('', ['n0']), node('', ['n5', 'r0']))).toMatchObject({
      before: 'perms “n0”',
      after: 'perms “n5”, “r0”',
    });
  });

  it('of a struct names only the fields that differ', () => {
    expect(
      slot(
        'netdev:eth0',
        { registered: true, carrier: false, up: false },
        { registered: true, carrier: true, up: false },
      ),
    ).toEqual({ what: 'interface eth0', before: 'carrier no', after: 'carrier yes' });
  });

  it('of a struct within a struct names its path', () => {
    expect(slot('netfront:queue:0', { tx: { gfn: 1, refs: [] } }, { tx: { gfn: 1, refs: [2056] } })).toEqual({
      what: 'netfront’s queue 0',
      before: 'tx.refs none',
      after: 'tx.refs 2056',
    });
  });

  it('of an allocator gives what is free as ranges', () => {
    expect(
      slot(
        'gnttab:domU',
        { free: [2056, 504], free_count: 504 },
        { free: [2060, 499, 9, 1], free_count: 500 },
      ),
    ).toMatchObject({ before: 'free 2056…2559, free_count 504', after: 'free 2060…2558 9, free_count 500' });
  });

  it('of a list that grew says by what', () => {
    expect(slot('log:domU', ['a'], ['a', 'b'])).toEqual({
      what: 'log of domU',
      before: '1 line',
      after: '2 lines, new: “b”',
    });
    expect(slot('log:domU', undefined, ['a'])).toMatchObject({ before: 'none', after: '“a”' });
    const events = ['p', 'q'].map((path) => ({ path, token: 't' }));
    expect(slot('xs:queue:dom0', events, events.slice(1))).toEqual({
      what: 'events waiting for dom0',
      before: '2 events, first: p',
      after: '1 event',
    });
    expect(slot('xs:queue:dom0', events, ['x'])).toMatchObject({ before: 'p, q', after: '“x”' });
  });

  it('of a long list says what its items are, and which are at its ends', () => {
    const events = Array.from({ length: 21 }, (_, n) => ({ path: `p${n}`, token: 't' }));
    expect(slot('xs:queue:domU', events, undefined)).toMatchObject({ before: '21 events: p0 … p20', after: 'none' });
    expect(slot('xs:queue:domU', events, events.slice(13))).toMatchObject({
      before: '21 events, first 13: p0 … p12',
      after: '8 events',
    });
    const pages = Array.from({ length: 12 }, (_, n) => 0x1a3c0 + n);
    expect(slot('pages:domU', pages.slice(0, 8), pages)).toMatchObject({
      before: '8 pages',
      after: '12 pages, 4 new: 0x1a3c8 … 0x1a3cb',
    });
    expect(slot('netback:queue:0', { handles: [] }, { handles: Array.from({ length: 16 }, (_, n) => n) }).after)
      .toBe('handles 0 … 15 (16)');
  });

  it('of memory gives the page a name where it has one', () => {
    const change = { cell: 'word', frame: 0xc1234, offset: 8, before: 1, after: 0x19 } as const;
    expect(describeChange(change, unknown)).toEqual({
      what: 'machine frame 0xc1234, byte 0x008',
      before: '0x00000001',
      after: '0x00000019',
    });
    const ring = { queue: 0, direction: 'tx', pages: [{ index: 0, mfn: 0xc1234 }] } as const;
    expect(describeChange(change, { ...unknown, rings: [ring] }).what).toBe('rsp_prod of the TX ring of queue 0');
  });

  it('of a bitmap names the ports whose bits are set', () => {
    const map = { gfn: 0, mfns: [], shared_info: 0xc1234, grant_table: 0 };
    const layout: Layout = { rings: [], memory: (domid: number) => (domid === 5 ? map : undefined) };
    const shared = (offset: number, before: number, after: number) =>
      describeChange({ cell: 'word', frame: 0xc1234, offset, before, after }, layout);
    expect(shared(0x804, 0, 2 ** 31 + 2)).toEqual({
      what: 'pending bits of ports 32 to 63 of domain 5',
      before: '0x00000000 (no port)',
      after: '0x80000002 (ports 33, 63)',
    });
    expect(shared(0xa00, 0xffffffff, 0xffffe7ff)).toEqual({
      what: 'mask bits of ports 0 to 31 of domain 5',
      before: '0xffffffff (all of 0 to 31)',
      after: '0xffffe7ff (all of 0 to 31 but 11, 12)',
    });
    expect(shared(0xa00, 0, 0x55555555).after.length).toBeLessThanOrEqual(72);
  });

  it('never runs on for more than a line', () => {
    const long = Array.from({ length: 5 }, (_, i) => `a rather long message number ${i}`);
    expect(slot('log:domU', undefined, long).after.length).toBeLessThanOrEqual(72);
  });

  it('of a transaction or a lock says what it means', () => {
    const tx = (count: number) => [
      { id: 1, conflict: false, failed: false, accessed: Array.from({ length: count }, String) },
    ];
    expect(slot('xs:tx:dom0', undefined, tx(0))).toEqual({
      what: 'open transaction of dom0',
      before: 'none',
      after: 'open, 0 keys used',
    });
    expect(slot('xs:tx:dom0', tx(1), undefined)).toMatchObject({ before: 'open, 1 key used', after: 'none' });
    expect(slot('lock:rtnl:domU', undefined, 'domU xenwatch')).toMatchObject({
      before: 'free',
      after: 'held by domU xenwatch',
    });
  });

  it('of a transaction that uses no more keys says which is another now', () => {
    const used = (...perms: string[]) => [
      { id: 1, conflict: false, failed: false, accessed: [{ path: '/a', node: node('1') }, { path: '/b', node: node('2', perms) }] },
    ];
    expect(slot('xs:tx:libxl', used('n0'), used('n0', 'r5'))).toEqual({
      what: 'open transaction of libxl: key /b', before: 'perms “n0”', after: 'perms “n0”, “r5”',
    });
    expect(slot('xs:tx:libxl', used('n0'), used('n0').map((tx) => ({ ...tx, conflict: true })))).toEqual({
      what: 'open transaction of libxl', before: 'conflict no', after: 'conflict yes',
    });
  });

  it('of a step is never the same on both sides', () => {
    const scenario = scenarios[0]!;
    const run = new Run(scenario, { scenario: scenario.id, config: scenario.defaults, choices: [] });
    run.record(Infinity);
    const same: string[] = [];
    for (let to = 1; to <= run.length; to++) {
      const found = answer(run, { kind: 'compare', from: to - 1, to }, 0);
      if (found.kind !== 'compare') throw new Error(found.kind);
      for (const change of found.slots.filter((one) => !isBookkeeping(one))) {
        const { what, before, after } = describeChange(change, unknown);
        if (before === after) same.push(`${to}: ${what} ${before}`);
      }
    }
    expect(same).toEqual([]);
  });

  it('of frames and flags is in hexadecimal', () => {
    expect(formatValue({ ref: 2056, flags: 0x12, frame: 0x1a3c0 })).toBe(
      'ref 2056, flags 0x12, frame 0x1a3c0',
    );
    expect(slot('xen:pte:0:1000', undefined, 0x8f3c2)).toMatchObject({ after: '0x8f3c2' });
  });

  it('is left out for what is only kept for the page', () => {
    const change = (name: string) => ({ cell: 'slot', name, before: undefined, after: 1 }) as const;
    expect(isBookkeeping(change('xs:writer:/a'))).toBe(true);
    expect(isBookkeeping(change('xs:node:/a'))).toBe(false);
    const directory = (children: string[], value = '') => node(value, ['n5'], children);
    expect(
      isBookkeeping({ cell: 'slot', name: 'xs:node:/a', before: directory([]), after: directory(['b']) }),
    ).toBe(true);
    expect(
      isBookkeeping({
        cell: 'slot',
        name: 'xs:node:/a',
        before: directory([]),
        after: directory(['b'], '1'),
      }),
    ).toBe(false);
  });
});
