import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/abi/codec.ts';
import { netifRxRequest, netifRxResponse, netifTxRequest, netifTxResponse } from '../../../src/abi/netif.ts';
import { seams } from '../../../src/abi/ring.ts';
import { bytesOf, partsOf, readingsOf } from '../../../src/panels/lenses/rings/reading.ts';
import type { RingPageView, RingView } from '../../../src/store/view.ts';

function ring(direction: 'tx' | 'rx', pages: number): RingView {
  const page = (index: number): RingPageView => ({
    index, gfn: 0, mfn: 0x900 + 2 * index, life: 'mapped', ref: 8, handle: 0, untouched: false, entries: null, hot: false,
  });
  return {
    queue: 0, direction, slotSize: direction === 'tx' ? 12 : 8, entries: 0, pages: Array.from({ length: pages }, (_, i) => page(i)),
    header: null, front: null, back: null, vaddr: null, straddles: [],
  };
}

describe('where a slot lies', () => {
  it('is behind the header, on one page or over a seam', () => {
    expect(partsOf(ring('tx', 1), 256, 2)).toEqual([{ page: 0, mfn: 0x900, offset: 88, length: 12, at: 0 }]);
    for (const { slot, page, before, after } of seams(16, 12)) {
      expect(partsOf(ring('tx', 16), 4096, slot)).toEqual([
        { page: page - 1, mfn: 0x900 + 2 * (page - 1), offset: 4096 - before, length: before, at: 0 },
        { page, mfn: 0x900 + 2 * page, offset: 0, length: after, at: before },
      ]);
    }
  });

  it('its bytes come from both pages, and are zeros where there is no page', () => {
    const [first, second] = [new Uint8Array(4096).fill(1), new Uint8Array(4096).fill(2)];
    const parts = partsOf(ring('tx', 4), 1024, 677);
    const pages = new Map([[0x902, first], [0x904, second]]);
    expect([...bytesOf(parts, 12, (mfn) => pages.get(mfn))]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
    pages.delete(0x902);
    expect([...bytesOf(parts, 12, (mfn) => pages.get(mfn))]).toEqual([0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2]);
  });
});

describe('what the bytes of a slot say', () => {
  const read = (direction: 'tx' | 'rx', bytes: Uint8Array, kind: 'req' | 'rsp', slot = 0, pages = 1) => {
    const whole = new Uint8Array(direction === 'tx' ? 12 : 8);
    whole.set(bytes);
    const view = ring(direction, pages);
    return readingsOf(direction, partsOf(view, pages * 256, slot), whole).find((one) => one.kind === kind)!;
  };
  const brief = ({ fields }: ReturnType<typeof read>) => fields.map(({ name, value, names }) => [name, value, ...names]);

  it('is a TX request or response', () => {
    const request = encode(netifTxRequest, { gref: 70_000, offset: 4, flags: 5, id: 9, size: 60 });
    expect(brief(read('tx', request, 'req'))).toEqual([
      ['gref', 70_000], ['offset', 4], ['flags', 5, 'NETTXF_csum_blank', 'NETTXF_more_data'], ['id', 9], ['size', 60],
    ]);
    const response = encode(netifTxResponse, { id: 9, status: -1 });
    expect(brief(read('tx', response, 'rsp'))).toEqual([['id', 9], ['status', -1, 'NETIF_RSP_ERROR']]);
  });

  it('is an RX request or response, whose status is a number of bytes unless it is negative', () => {
    const request = encode(netifRxRequest, { id: 3, pad: 0, gref: 12 });
    expect(brief(read('rx', request, 'req'))).toEqual([['id', 3], ['pad', 0], ['gref', 12]]);
    const response = (status: number) => encode(netifRxResponse, { id: 3, offset: 0, flags: 1, status });
    expect(brief(read('rx', response(0), 'rsp'))).toEqual([
      ['id', 3], ['offset', 0], ['flags', 1, 'NETRXF_data_validated'], ['status', 0],
    ]);
    expect(brief(read('rx', response(-2), 'rsp')).at(-1)).toEqual(['status', -2, 'NETIF_RSP_DROPPED']);
  });

  it('is field by field at its own place, whichever page that is on', () => {
    const { struct, fields } = read('tx', new Uint8Array(12), 'req', 677, 4);
    expect(struct).toBe('struct netif_tx_request');
    expect(fields.map(({ name, type, at, mfn, offset, length }) => [name, type, at, mfn, offset, length])).toEqual([
      ['gref', 'u32', 0, 0x902, 4092, 4], ['offset', 'u16', 4, 0x904, 0, 2], ['flags', 'u16', 6, 0x904, 2, 2],
      ['id', 'u16', 8, 0x904, 4, 2], ['size', 'u16', 10, 0x904, 6, 2],
    ]);
  });
});
