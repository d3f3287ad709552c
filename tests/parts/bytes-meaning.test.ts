import { describe, expect, it } from 'vitest';
import { bytesMeaning, bytesPlace } from '../../src/parts/bytes-meaning.ts';
import type { As } from '../../src/parts/bytes-meaning.ts';
import type { Layout } from '../../src/parts/frame-names.ts';

const TABLE = 0x600;
const TX = 0x99;
const RX = 0xa9;
const SHARED = 0x500;
const layout: Layout = {
  rings: [
    { queue: 0, direction: 'tx', pages: [{ index: 0, mfn: TX }] },
    { queue: 0, direction: 'rx', pages: [{ index: 0, mfn: RX }] },
  ],
  memory: () => ({ shared_info: SHARED, grant_table: TABLE, gfn: 0x1000, mfns: [0x77] }),
};
/** What the bytes, written as hexadecimal text, mean at that address. */
function meaning(frame: number, offset: number, text: string, as: As = 'req'): string | null {
  const bytes = Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));
  return bytesMeaning(bytes, bytesPlace({ cell: 'bytes', frame, offset, length: bytes.length }, layout), as);
}

/** Slots begin behind 64 bytes of header. */
const SLOT = 64;
const REQUEST = '08 08 00 00 40 00 05 00 03 00 ea 05';

describe('bytes of a grant entry', () => {
  it.each([
    ['flags', 0x40, '19 00', '0x0019 (permit, reading, writing)'],
    ['no flags', 0x40, '00 00', '0x0000 (none set)'],
    ['domid', 0x42, '07 00', '7'],
    ['frame', 0x44, 'c0 a3 01 00', '0x1a3c0'],
    ['flags and domid', 0x40, '01 00 07 00', 'flags 0x0001 (permit), domid 7'],
    ['the entry', 0x40, '05 00 00 00 c0 a3 01 00', 'flags 0x0005 (permit, read-only), domid 0, frame 0x1a3c0'],
    ['less than a field', 0x44, 'c0', null],
  ])('are its fields: %s', (_, offset, bytes, text) => expect(meaning(TABLE, offset, bytes)).toBe(text));
});

describe('bytes of a ring', () => {
  it.each([
    ['an index', TX, 0, '00 04 00 00', 'req', '1024'],
    ['a request', TX, SLOT, REQUEST, 'req', 'gref 2056, offset 64, flags 0x0005 (csum_blank, more_data), id 3, size 1514'],
    ['a response', TX, SLOT + 12, '03 00 ff ff 40 00 05 00 03 00 ea 05', 'rsp', 'id 3, status -1 (ERROR)'],
    ['a field of a request alone', TX, SLOT + 6, '00 00', 'req', '0x0000 (none set)'],
    ['a word that is a reference', TX, SLOT, '08 08 00 00', 'req', '2056'],
    ['the same word of a response', TX, SLOT, '03 00 00 00', 'rsp', 'id 3, status 0 (OKAY)'],
    ['a field that only the other reading has', TX, SLOT + 2, '00 00', 'req', '0 (OKAY)'],
    ['a received packet', RX, SLOT, '03 00 00 00 01 00 ea 05', 'rsp', 'id 3, offset 0, flags 0x0001 (data_validated), status 1514'],
    ['the end of a slot on the next page', TX, SLOT + 8, '03 00 ea 05', 'req', 'id 3, size 1514'],
    ['the unused header', TX, 16, '00 00 00 00', 'req', null],
  ] as const)('are what their writer made of them: %s', (_, frame, offset, bytes, as, text) => {
    expect(meaning(frame, offset, bytes, as)).toBe(text);
  });
});

describe('other bytes', () => {
  it('are ports, where they are of a bitmap of them', () => {
    expect(meaning(SHARED, 0x800, '00 0a 00 00')).toBe('ports 9, 11');
    expect(meaning(SHARED, 0x804, '00 00 00 00')).toBe('no port');
    expect(meaning(SHARED, 0xa00, 'ff f5 ff ff')).toBe('all of 0 to 31 but 9, 11');
    expect(meaning(SHARED, 0, '01 00 00 00')).toBeNull();
  });

  it('have no name', () => {
    expect(meaning(0x77, 0, '01 00 00 00')).toBeNull();
    expect(meaning(0x12345, 0, '01 00 00 00')).toBeNull();
  });
});
