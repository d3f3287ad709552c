import { describe, expect, it } from 'vitest';
import { describeChange } from '../../src/parts/describe.ts';
import { wordName, wordPlace } from '../../src/parts/frame-names.ts';
import type { Layout } from '../../src/parts/frame-names.ts';
import { subjectOf } from '../../src/parts/subject-of.ts';
import type { Change, Value } from '../../src/store/store.ts';

const layout: Layout = {
  rings: [{ queue: 1, direction: 'tx', pages: [{ index: 0, mfn: 0x99 }, { index: 1, mfn: 0x9a }] }],
  memory: (domid) =>
    domid === 5
      ? { shared_info: 0x500, grant_table: 0x600, gfn: 0x1000, mfns: [0x99, 0x9a, 0x9b] }
      : { shared_info: 0x400, grant_table: 0x900, gfn: 0, mfns: [] },
};
const name = (frame: number, offset: number): string => wordName(wordPlace(frame, offset, layout));
const word = (frame: number, offset: number, before: number, after: number): Change =>
  ({ cell: 'word', frame, offset, before, after });

describe('the name of a word of memory', () => {
  it.each([
    ['an index in a ring’s header', 0x99, 8, 'rsp_prod of the TX ring of queue 1'],
    ['an entry, wherever its page begins in it', 0x9a, 8, 'entry 336 of the TX ring of queue 1, bytes 8 to 11'],
    ['the header’s unused bytes', 0x99, 16, 'TX ring of queue 1, page 0, byte 0x010'],
    ['what no entry has', 0x9a, 4092, 'TX ring of queue 1, page 1, byte 0xffc'],
    ['flags and domid of a grant entry', 0x604, 0x40, 'flags and domid of entry 2056'],
    ['the frame of a grant entry', 0x604, 0x44, 'frame of entry 2056'],
    ['pending bits', 0x500, 0x804, 'pending bits of ports 32 to 63 of domain 5'],
    ['mask bits', 0x400, 0xa00, 'mask bits of ports 0 to 31 of domain 0'],
    ['an upcall’s flags', 0x400, 0, 'upcall flags of vCPU 0 of domain 0'],
    ['a page of the guest', 0x9b, 16, 'page at gfn 0x1002 of domain 5, byte 0x010'],
    ['nobody’s frame', 0x3c1405, 0x48, 'machine frame 0x3c1405, byte 0x048'],
  ])('is that of %s', (_, frame, offset, words) => {
    expect(name(frame, offset)).toBe(words);
  });
});

describe('a word that changed', () => {
  it('says which flags of an entry are set, where nothing else of it changed', () => {
    expect(describeChange(word(0x604, 0x40, 1, 0x19), layout)).toEqual({
      what: 'flags of entry 2056', before: '0x0001 (permit)', after: '0x0019 (permit, reading, writing)',
    });
    expect(describeChange(word(0x604, 0x40, 0, 0x5_0000), layout)).toEqual({
      what: 'domid of entry 2056', before: '0', after: '5',
    });
    expect(describeChange(word(0x604, 0x40, 0, 0x5_0001), layout)).toMatchObject({
      what: 'flags and domid of entry 2056', after: '0x00050001',
    });
  });

  it('is decimal where it is an index', () => {
    expect(describeChange(word(0x99, 0, 0, 1024), layout)).toMatchObject({ before: '0', after: '1024' });
  });
});

describe('what is asked about a change', () => {
  it('is the field of the grant entry, the index, the word', () => {
    expect(subjectOf(word(0x604, 0x40, 1, 0x19), layout)).toEqual({
      name: 'flags of grant entry 2056', cell: { cell: 'bytes', frame: 0x604, offset: 0x40, length: 2 },
    });
    expect(subjectOf(word(0x604, 0x40, 0, 0x5_0000), layout).cell).toMatchObject({ offset: 0x42, length: 2 });
    expect(subjectOf(word(0x99, 4, 0, 1), layout)).toEqual({
      name: 'req_event of the TX ring of queue 1', cell: { cell: 'bytes', frame: 0x99, offset: 4, length: 4 },
    });
  });

  const slot = (slotName: string, before: Value, after: Value) =>
    subjectOf({ cell: 'slot', name: slotName, before, after }, layout);
  const node = (value: string, perms: readonly string[]): Value => ({ value, perms, children: [] });

  it('is a key’s value, or its permissions where they changed alone', () => {
    const value = { cell: 'slot', name: 'xs:node:/a', part: ['value'] };
    expect(slot('xs:node:/a', undefined, node('1', ['n0']))).toEqual({ name: '/a', cell: value });
    expect(slot('xs:node:/a', node('1', ['n0']), node('2', ['n0']))).toEqual({ name: '/a', cell: value });
    expect(slot('xs:node:/a', node('1', ['n0']), node('1', ['n5']))).toEqual({
      name: 'permissions of /a', cell: { cell: 'slot', name: 'xs:node:/a', part: ['perms'] },
    });
  });

  it('is the one field of a slot that changed, however deep, else the slot', () => {
    const queue = (cons: number, port: number | null): Value => ({ tx: { indexes: { req_cons: cons } }, tx_port: port });
    expect(slot('netback:queue:0', queue(0, 3), queue(1, 3))).toEqual({
      name: 'tx.indexes.req_cons of netback’s queue 0',
      cell: { cell: 'slot', name: 'netback:queue:0', part: ['tx', 'indexes', 'req_cons'] },
    });
    expect(slot('netback:queue:0', queue(0, null), queue(1, 3)).cell).toMatchObject({ part: [] });
    expect(slot('xen:pte:0:abc', undefined, 5).cell).toMatchObject({ part: [] });
  });
});
