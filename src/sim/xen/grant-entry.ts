// The shared entry, version 1, as Xen reads and marks it. Little-endian words of the grant frame: flags and
// domid in the first, the frame in the second. A version 2 would bring its own of each of these functions.
import { GTF, grantEntryAt, grantEntryV1 } from '../../abi/grant-table.ts';
import { offsetOf } from '../../abi/layout.ts';
import type { Context } from '../machine/context.ts';
import { domainSlot } from './domain.ts';
import { p2mSlot } from './grant-state.ts';
import { grantFrameMfn, ownsFrame, ramFrame } from './memory.ts';
import { hasWriter } from './pin.ts';

const FRAME = offsetOf(grantEntryV1, 'frame');

/** The machine frame and the byte offset in it of the 8-byte entry `ref`. */
export function entryAddress(domid: number, ref: number): { frame: number; offset: number } {
  const { frame, offset } = grantEntryAt(1, ref);
  return { frame: grantFrameMfn(domid, frame), offset };
}

/**
 * Checks the entry for a map, or a copy, by `mapper` and sets reading, and writing for a writable map, in one
 * compare-and-swap. (Xen tries up to five times while the guest changes the entry; here nothing runs in
 * between.)
 * @returns why it is refused; undefined when marked
 */
export function markEntry(
  c: Context,
  mapper: number,
  dom: number,
  ref: number,
  pin: number,
  readonly: boolean,
  use: 'map' | 'copy' = 'map',
): string | undefined {
  const { frame, offset } = entryAddress(dom, ref);
  const word = c.load32(frame, offset);
  const flags = word & 0xffff;
  const domid = word >>> 16;
  if (pin === 0) {
    // Part of a page cannot be mapped; a copy of a version 1 entry does not look at that flag.
    const looked = GTF.type_mask | (use === 'map' ? GTF.sub_page : 0);
    if ((flags & looked) !== GTF.permit_access) {
      return `ref ${ref} does not permit access to a whole page (flags 0x${flags.toString(16)})`;
    }
    if (domid !== mapper) return `ref ${ref} grants to domain ${domid}, not ${mapper}`;
  }
  if (!readonly && flags & GTF.readonly) return `ref ${ref} is granted read-only`;
  c.store32(frame, offset, word | GTF.reading | (readonly ? 0 : GTF.writing));
  return undefined;
}

/**
 * Takes back the marks that the pin word `pin`, as it is now, no longer supports: reading when nothing is
 * pinned, writing when a writable use has ended and no writer is left. It changes whatever the entry holds by
 * then.
 */
export function clearMarks(c: Context, dom: number, ref: number, pin: number, readonly: boolean): void {
  const reading = pin === 0 ? GTF.reading : 0;
  const writing = !readonly && !hasWriter(pin) ? GTF.writing : 0;
  if (reading === 0 && writing === 0) return;
  const { frame, offset } = entryAddress(dom, ref);
  c.store16(frame, offset, c.load16(frame, offset) & ~(reading | writing));
}

/**
 * The machine frame that the entry names: PV guests write machine frames, the others gfns, which Xen
 * translates.
 * @returns undefined when it is not RAM of the granter (a page mapped from another domain is not)
 */
export function grantedFrame(c: Context, dom: number, ref: number): number | undefined {
  const { frame, offset } = entryAddress(dom, ref);
  return ownFrame(c, dom, c.load32(frame, offset + FRAME));
}

/** The machine frame that a domain means by frame number `named`; undefined when it is not RAM of its own. */
export function ownFrame(c: Context, dom: number, named: number): number | undefined {
  if (c.get(domainSlot(dom))!.kind === 'pv') return ownsFrame(dom, named) ? named : undefined;
  const mfn = ramFrame(dom, named);
  return mfn === undefined || c.get(p2mSlot(dom, named)) ? undefined : mfn;
}
