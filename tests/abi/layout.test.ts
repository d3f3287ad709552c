import { describe, expect, it } from 'vitest';
import {
  array, bytes, findField, flex, grantEntryV2, netifExtraInfo, netifTxRequest, netifTxRing, offsetOf, sizeOf,
  struct, union, xenPublic,
} from '../../src/abi/index.ts';

const cite = xenPublic('test.h');

describe('struct', () => {
  it('aligns every member to its own size and pads the end to the widest', () => {
    const layout = struct('struct t', cite, { a: 'u8', b: 'u16', c: 'u8', d: 'u64', e: 'u8' });
    expect(layout.offsets).toEqual({ a: 0, b: 2, c: 4, d: 8, e: 16 });
    expect([layout.size, layout.align]).toEqual([24, 8]);
  });

  it('places bytes without alignment and arrays at that of their items', () => {
    const layout = struct('struct t', cite, { a: bytes(3), b: array('u32', 2), c: bytes(1) });
    expect(layout.offsets).toEqual({ a: 0, b: 4, c: 12 });
    expect([layout.size, layout.align]).toEqual([16, 4]);
  });

  it('gives a flexible array an offset and an alignment but no size', () => {
    const layout = struct('struct t', cite, { n: 'u32', items: flex('u64') });
    expect([layout.size, layout.align]).toEqual([8, 8]);
    expect(findField(layout, 'items')).toEqual({ offset: 8, size: 8 });
  });
});

describe('union', () => {
  it('is as large as its largest member, rounded up to the widest alignment', () => {
    const layout = union('union t', cite, { a: bytes(9), b: 'u32' });
    expect([layout.size, layout.align]).toEqual([12, 4]);
    expect(layout.offsets).toEqual({ a: 0, b: 0 });
  });
});

describe('offsetOf and findField', () => {
  it('follow a path through structs and unions', () => {
    expect(offsetOf(netifTxRequest, 'size')).toBe(10);
    expect(offsetOf(netifExtraInfo, 'u.gso.features')).toBe(6);
    expect(offsetOf(grantEntryV2, 'sub_page.hdr.domid')).toBe(2);
    expect(offsetOf(netifTxRing.entry, 'rsp.status')).toBe(2);
  });

  it('know no member that is not in the table, nor one inherited from an object', () => {
    for (const path of ['', 'nope', 'u.nope', 'type.x', 'toString', 'u.gso.size.x']) {
      expect(findField(netifExtraInfo, path)).toBeUndefined();
    }
  });

  it('sizeOf gives the bytes of any field', () => {
    expect([sizeOf('s16'), sizeOf('u64'), sizeOf(bytes(5)), sizeOf(netifTxRequest)]).toEqual([2, 8, 5, 12]);
  });
});
