import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abiTables, blkifRequest, bytesMemory, decode, encode, grantEntryV1, grantEntryV2, gnttabCopy,
  netifRxRequest, netifTxResponse, read, write, xsdSockmsg,
} from '../../src/abi/index.ts';
import type { FieldType, Layout } from '../../src/abi/index.ts';

/** A value of the type, complete but for unions, of which one member is given. */
function valueOf(type: FieldType): fc.Arbitrary<unknown> {
  if (type === 'u64') return fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
  if (type === 's16') return fc.integer({ min: -0x8000, max: 0x7fff });
  if (typeof type === 'string') {
    return fc.integer({ min: 0, max: { u8: 0xff, u16: 0xffff, u32: 0xffffffff }[type] });
  }
  if (type.kind === 'bytes') return fc.uint8Array({ minLength: type.length, maxLength: type.length });
  if (type.kind === 'array') {
    return fc.array(valueOf(type.of), { minLength: type.length, maxLength: type.length, size: 'max' });
  }
  if (type.kind === 'flex') throw new TypeError('a flexible array has no value');
  const members = Object.entries(type.fields)
    .filter(([, field]) => typeof field === 'string' || field.kind !== 'flex')
    .map(([name, field]): [string, fc.Arbitrary<unknown>] => [name, valueOf(field)]);
  if (type.kind === 'struct') return fc.record(Object.fromEntries(members));
  return fc.oneof(...members.map(([name, member]) => fc.record({ [name]: member })));
}

describe('every layout', () => {
  const layouts: Layout[] = [...abiTables.structs.values()];
  it.each(layouts.map((layout): [string, Layout] => [layout.name, layout]))(
    '%s: what was encoded is decoded, and stays within its size',
    (_, layout) => {
      fc.assert(fc.property(valueOf(layout), fc.integer({ min: 0, max: 7 }), (value, gap) => {
        const at = gap * 8;
        const data = new Uint8Array(at + layout.size + 8).fill(0xa5);
        const mem = bytesMemory(data);
        write(layout, mem, at, Object(value));
        expect(read(layout, mem, at)).toMatchObject(Object(value));
        expect(data.subarray(0, at).every((byte) => byte === 0xa5)).toBe(true);
        expect(data.subarray(at + layout.size).every((byte) => byte === 0xa5)).toBe(true);
      }), { numRuns: 25 });
    },
  );
});

describe('encode', () => {
  it('is little-endian and zero where nothing is given', () => {
    expect([...encode(grantEntryV1, { flags: 1, domid: 0x7ff0, frame: 0x12345 })])
      .toEqual([1, 0, 0xf0, 0x7f, 0x45, 0x23, 1, 0]);
    expect([...encode(xsdSockmsg, { len: 0x01020304 })].slice(12)).toEqual([4, 3, 2, 1]);
  });

  it('writes negative status values and reads them back', () => {
    const data = encode(netifTxResponse, { id: 7, status: -2 });
    expect([...data]).toEqual([7, 0, 0xfe, 0xff]);
    expect(decode(netifTxResponse, data)).toEqual({ id: 7, status: -2 });
  });

  it('writes u64 fields from bigints', () => {
    const data = encode(grantEntryV2, { full_page: { hdr: { flags: 1 }, frame: 0x1122334455667788n } });
    expect([...data.subarray(8)]).toEqual([0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11]);
    expect(decode(grantEntryV2, data).full_page.frame).toBe(0x1122334455667788n);
  });
});

describe('write', () => {
  it('leaves members that are not given as they were', () => {
    const data = new Uint8Array(8).fill(0xee);
    write(netifRxRequest, bytesMemory(data), 0, { id: 1, gref: 2 });
    expect([...data]).toEqual([1, 0, 0xee, 0xee, 2, 0, 0, 0]);
  });

  it('takes the first items of an array', () => {
    const data = new Uint8Array(112).fill(0xee);
    write(blkifRequest, bytesMemory(data), 0, { seg: [{ gref: 9, first_sect: 1, last_sect: 7 }] });
    expect([...data.subarray(24, 30)]).toEqual([9, 0, 0, 0, 1, 7]);
    expect(data.subarray(30).every((byte) => byte === 0xee)).toBe(true);
  });

  it('writes the member of a union that is given', () => {
    const data = encode(gnttabCopy, { source: { u: { ref: 5 } }, dest: { u: { gmfn: 0x1_0000_0000n } } });
    expect([data[0], data[16], data[20]]).toEqual([5, 0, 1]);
  });

  it('refuses a value that does not fit, and names the member', () => {
    const mem = bytesMemory(new Uint8Array(128));
    expect(() => write(grantEntryV1, mem, 0, { domid: 0x10000 }))
      .toThrow('struct grant_entry_v1.domid: 65536 does not fit u16');
    expect(() => write(grantEntryV1, mem, 0, { frame: -1 })).toThrow('does not fit u32');
    expect(() => write(netifTxResponse, mem, 0, { status: 0x8000 })).toThrow('does not fit s16');
    expect(() => write(blkifRequest, mem, 0, { id: 1n << 64n })).toThrow('does not fit u64');
    const seg = Array.from({ length: 12 }, () => ({}));
    expect(() => write(blkifRequest, mem, 0, { seg })).toThrow('array(11)');
    const inherited = JSON.parse('{"toString": 1}');
    expect(() => write(grantEntryV1, mem, 0, inherited)).toThrow('has no member toString');
  });

  it('decode refuses bytes that are too few', () => {
    expect(() => decode(grantEntryV1, new Uint8Array(7))).toThrow(RangeError);
  });
});
