import { describe, expect, it } from 'vitest';
import { describeChange, isBookkeeping, slotName } from '../../src/panels/story/describe.ts';
import { describeEffect, describeEffects } from '../../src/panels/story/effects.ts';
import { wordName } from '../../src/panels/story/frame-names.ts';
import { citationText, sourceLink } from '../../src/panels/story/source.ts';
import { formatValue } from '../../src/panels/story/values.ts';
import type { Value } from '../../src/store/store.ts';

const unknown = (frame: number, offset: number) => wordName(frame, offset, [], []);
const slot = (name: string, before: Value, after: Value) => describeChange({ cell: 'slot', name, before, after }, unknown);
const node = (value: string, perms: readonly string[] = ['n5'], children: readonly string[] = []) => ({ value, perms, children });

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
    ['something:new_here', 'something new here'],
  ])('%s reads %s', (name, words) => {
    expect(slotName(name)).toBe(words);
  });
});

describe('a change in words', () => {
  it('of a key is a change of its value', () => {
    expect(slot('xs:node:a', node('1'), node('4'))).toEqual({ what: 'key a', before: '“1”', after: '“4”' });
    expect(slot('xs:node:a', undefined, node('4'))).toEqual({ what: 'key a', before: 'absent', after: '“4”' });
    expect(slot('xs:node:a', node('4'), undefined).after).toBe('absent');
  });

  it('of a key that only got other permissions says that, or that it was written again', () => {
    expect(slot('xs:node:a', node('1'), node('1'))).toMatchObject({ before: '“1”', after: 'the same, written again' });
    expect(slot('xs:node:a', node('', ['n0']), node('', ['n5', 'r0'])))
      .toMatchObject({ before: 'perms “n0”', after: 'perms “n5”, “r0”' });
  });

  it('of a struct names only the fields that differ', () => {
    expect(slot('netdev:eth0', { registered: true, carrier: false, up: false }, { registered: true, carrier: true, up: false }))
      .toEqual({ what: 'interface eth0', before: 'carrier no', after: 'carrier yes' });
  });

  it('of a struct within a struct names its path', () => {
    expect(slot('netfront:queue:0', { tx: { gfn: 1, refs: [] } }, { tx: { gfn: 1, refs: [2056] } }))
      .toEqual({ what: 'netfront’s queue 0', before: 'tx.refs none', after: 'tx.refs 2056' });
  });

  it('of an allocator gives what is free as ranges', () => {
    expect(slot('gnttab:domU', { free: [2056, 504], free_count: 504 }, { free: [2060, 499, 9, 1], free_count: 500 }))
      .toMatchObject({ before: 'free 2056…2559, free_count 504', after: 'free 2060…2558 9, free_count 500' });
  });

  it('of a list that grew says by what', () => {
    expect(slot('log:domU', ['a'], ['a', 'b'])).toEqual({ what: 'log of domU', before: '1 item', after: '2 items, new: “b”' });
    expect(slot('log:domU', undefined, ['a'])).toMatchObject({ before: 'none', after: '“a”' });
    const events = ['p', 'q'].map((path) => ({ path, token: 't' }));
    expect(slot('xs:queue:dom0', events, events.slice(1)))
      .toEqual({ what: 'events waiting for dom0', before: '2 items, first: p', after: '1 item' });
    expect(slot('xs:queue:dom0', events, ['x'])).toMatchObject({ before: 'p, q', after: '“x”' });
  });

  it('of memory gives the page a name where it has one', () => {
    const change = { cell: 'word', frame: 0xc1234, offset: 8, before: 1, after: 0x19 } as const;
    expect(describeChange(change, unknown))
      .toEqual({ what: 'machine frame 0xc1234, byte 0x008', before: '0x00000001', after: '0x00000019' });
    expect(describeChange(change, () => 'rsp_prod of the TX ring of queue 0').what).toBe('rsp_prod of the TX ring of queue 0');
  });

  it('never runs on for more than a line', () => {
    const long = Array.from({ length: 5 }, (_, i) => `a rather long message number ${i}`);
    expect(slot('log:domU', undefined, long).after.length).toBeLessThanOrEqual(72);
  });

  it('of a transaction or a lock says what it means', () => {
    const tx = (count: number) => [{ id: 1, conflict: false, failed: false, accessed: Array.from({ length: count }, String) }];
    expect(slot('xs:tx:dom0', undefined, tx(0))).toEqual({ what: 'open transaction of dom0', before: 'none', after: 'open, 0 keys used' });
    expect(slot('xs:tx:dom0', tx(1), undefined)).toMatchObject({ before: 'open, 1 key used', after: 'none' });
    expect(slot('lock:rtnl:domU', undefined, 'domU xenwatch')).toMatchObject({ before: 'free', after: 'held by domU xenwatch' });
  });

  it('of frames and flags is in hexadecimal', () => {
    expect(formatValue({ ref: 2056, flags: 0x12, frame: 0x1a3c0 })).toBe('ref 2056, flags 0x12, frame 0x1a3c0');
    expect(slot('xen:pte:0:1000', undefined, 0x8f3c2)).toMatchObject({ after: '0x8f3c2' });
  });

  it('is left out for what is only kept for the page', () => {
    const change = (name: string) => ({ cell: 'slot', name, before: undefined, after: 1 }) as const;
    expect(isBookkeeping(change('xs:writer:/a'))).toBe(true);
    expect(isBookkeeping(change('xs:node:/a'))).toBe(false);
    const directory = (children: string[], value = '') => node(value, ['n5'], children);
    expect(isBookkeeping({ cell: 'slot', name: 'xs:node:/a', before: directory([]), after: directory(['b']) })).toBe(true);
    expect(isBookkeeping({ cell: 'slot', name: 'xs:node:/a', before: directory([]), after: directory(['b'], '1') })).toBe(false);
  });
});

describe('an effect in words', () => {
  it.each([
    [{ kind: 'xs', op: 'WRITE', conn: 'domU', path: 'state', node: '/local/domain/5/state', value: '4', tx: 7, ok: true },
      'domU writes /local/domain/5/state = “4”, inside its transaction'],
    [{ kind: 'xs', op: 'READ', conn: 'dom0', path: 'x', node: '/x', ok: false, error: 'ENOENT' },
      'dom0 reads /x → ENOENT'],
    [{ kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref: 2056, dom: 5, flags: 18 }, result: { status: 0, handle: 2 } },
      'Xen runs map_grant_ref for domain 0 {ref 2056, dom 5, flags 0x12} → status 0, handle 2'],
    [{ kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref: 9 }, result: { status: -3 }, why: 'bad ref' },
      'Xen runs map_grant_ref for domain 0 {ref 9} → status -3 (bad ref)'],
    [{ kind: 'xs', op: 'SET_PERMS', conn: 'libxl', path: '/x', node: '/x', value: ['n5', 'r0'], tx: 1, ok: true },
      'libxl sets who may use /x = n5 r0, inside its transaction'],
    [{ kind: 'xs', op: 'DIRECTORY', conn: 'dom0', path: '/x', node: '/x', value: [], ok: true }, 'dom0 lists /x → none'],
    [{ kind: 'xs', op: 'TRANSACTION_START', conn: 'dom0', ok: true }, 'dom0 begins a transaction'],
    [{ kind: 'xs', op: 'TRANSACTION_END', conn: 'dom0', value: 'T', tx: 1, ok: false, error: 'EAGAIN' },
      'dom0 commits its transaction → EAGAIN'],
    [{ kind: 'grant-store', ref: 2056, field: 'frame', value: 0x1a3c0 }, 'domU writes frame 0x1a3c0 into entry 2056'],
    [{ kind: 'eoi', kernel: 'dom0', port: 21, spurious: true }, 'dom0 ends the interrupt of port 21, which had no work'],
    [{ kind: 'event', conn: 'dom0', path: '/a', token: 't' }, 'xenstored queues a watch event for dom0: /a'],
    [{ kind: 'spawn', thread: 'vif5.0-q0-dealloc' }, 'thread vif5.0-q0-dealloc begins'],
    [{ kind: 'log', kernel: 'domU', line: 'only created 3 queues' }, 'domU prints: only created 3 queues'],
    [{ kind: 'notify', port: 11 }, 'notify: port 11'],
    [{ kind: 'barrier' }, 'barrier'],
  ])('%o', (effect, text) => {
    expect(describeEffect(effect)).toBe(text);
  });
});

describe('the effects of a step', () => {
  it('begin with the request, and the rest is counted', () => {
    const event = (path: string) => ({ kind: 'event', conn: 'dom0', path, token: 't' });
    const write = { kind: 'xs', op: 'WRITE', conn: 'domU', path: '/a', node: '/a', value: '1', ok: true };
    expect(describeEffects([event('a'), event('b'), event('c'), write], 2)).toEqual({
      lines: ['domU writes /a = “1”', 'xenstored queues a watch event for dom0: a'], more: 2,
    });
  });
});

describe('the name of a word of memory', () => {
  const page = { index: 0, gfn: 1, mfn: 0x99, life: 'mapped', ref: 2056, handle: 0, untouched: false, entries: null, hot: false } as const;
  const ring = {
    queue: 1, direction: 'tx', slotSize: 12, entries: 256, pages: [page, { ...page, index: 1, mfn: 0x9a }], header: null,
    front: null, back: null, vaddr: null, straddles: [],
  } as const;

  it('is that of an index in a ring’s header, or a byte of its pages', () => {
    expect(wordName(0x99, 8, [ring], [])).toBe('rsp_prod of the TX ring of queue 1');
    expect(wordName(0x9a, 8, [ring], [])).toBe('TX ring of queue 1, page 1, byte 0x008');
  });

  it('is a field of the grant entry that the step is about', () => {
    const store = { kind: 'grant-store', ref: 2056, field: 'frame', value: 1 };
    expect(wordName(0x3c1405, 0x44, [], [store])).toBe('frame of entry 2056');
    const map = { kind: 'xen', op: 'map_grant_ref', args: { ref: 2056 }, result: {} };
    expect(wordName(0x3c1405, 0x40, [], [map])).toBe('flags and domid of entry 2056');
    expect(wordName(0x3c1405, 0x48, [], [map])).toBe('machine frame 0x3c1405, byte 0x048');
  });
});

describe('a citation', () => {
  const linux = {
    project: 'Linux', version: 'v6.12.117', path: 'drivers/net/xen-netback/xenbus.c', symbol: 'backend_connect', line: 282,
  } as const;

  it('names project, version, file and function', () => {
    expect(citationText(linux)).toBe('Linux v6.12.117 drivers/net/xen-netback/xenbus.c, backend_connect');
  });

  it('leads to the public file at that version', () => {
    expect(sourceLink(linux)).toBe(
      'https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/net/xen-netback/xenbus.c?h=v6.12.117#n282',
    );
    expect(sourceLink({ ...linux, project: 'Xen', version: '4.23-dev c447b7308b', path: 'xen/common/grant_table.c' })).toBe(
      'https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=xen/common/grant_table.c;hb=c447b7308b',
    );
  });

  it('leads nowhere where there is no public file', () => {
    expect(sourceLink({ ...linux, project: 'RingScope' })).toBeUndefined();
    expect(sourceLink({ ...linux, project: 'Xen', version: '4.23-dev' })).toBeUndefined();
  });
});
