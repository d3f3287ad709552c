// What the traces write into the slots of each kind of ring. The payload of request number q follows from q
// alone.
import {
  blkifRequest, blkifResponse, blkifRing, netifRxRequest, netifRxResponse, netifRxRing, netifTxRequest,
  netifTxResponse, netifTxRing, read, write,
} from '../../src/abi/index.ts';
import type { RingMemory } from '../../src/sim/index.ts';

/** One kind of ring. `at` is the byte offset of the slot; ids are whole numbers. */
export interface SlotKind {
  readonly size: number;
  writeRequest(mem: RingMemory, at: number, q: number): void;
  readRequestId(mem: RingMemory, at: number): number;
  writeResponse(mem: RingMemory, at: number, id: number): void;
  readResponseId(mem: RingMemory, at: number): number;
}

/** A u32 that looks random and depends on q only. */
function scramble(q: number): number {
  const x = Math.imul(q, 2654435761);
  return (x ^ (x >>> 15)) >>> 0;
}

const netifTx: SlotKind = {
  size: netifTxRing.entry.size,
  writeRequest: (mem, at, q) => {
    write(netifTxRequest, mem, at, {
      gref: scramble(q), offset: (7 * q) & 0xfff, flags: q & 15, id: q & 0xffff, size: 60 + (q % 1455),
    });
  },
  readRequestId: (mem, at) => read(netifTxRequest, mem, at).id,
  writeResponse: (mem, at, id) => write(netifTxResponse, mem, at, { id, status: -(id % 3) }),
  readResponseId: (mem, at) => read(netifTxResponse, mem, at).id,
};

const netifRx: SlotKind = {
  size: netifRxRing.entry.size,
  writeRequest: (mem, at, q) => write(netifRxRequest, mem, at, { id: q & 0xffff, gref: scramble(q) }),
  readRequestId: (mem, at) => read(netifRxRequest, mem, at).id,
  writeResponse: (mem, at, id) => {
    write(netifRxResponse, mem, at, { id, offset: (5 * id) & 0xfff, flags: id & 0x1f, status: id % 1514 });
  },
  readResponseId: (mem, at) => read(netifRxResponse, mem, at).id,
};

const blkif: SlotKind = {
  size: blkifRing.entry.size,
  writeRequest: (mem, at, q) => {
    const segments = q % 12;
    write(blkifRequest, mem, at, {
      operation: q % 4, nr_segments: segments, handle: 768, id: BigInt(q), sector_number: 8n * BigInt(q),
      seg: Array.from({ length: segments }, (_, z) => ({
        gref: scramble(q + z), first_sect: z & 7, last_sect: 7,
      })),
    });
  },
  readRequestId: (mem, at) => Number(read(blkifRequest, mem, at).id),
  writeResponse: (mem, at, id) => {
    write(blkifResponse, mem, at, { id: BigInt(id), operation: id % 4, status: -(id % 3) });
  },
  readResponseId: (mem, at) => Number(read(blkifResponse, mem, at).id),
};

export const slotKinds: Readonly<Record<string, SlotKind>> = { netif_tx: netifTx, netif_rx: netifRx, blkif };
