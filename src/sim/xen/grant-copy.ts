/**
 * Copying by grant reference [xen/common/grant_table.c:gnttab_copy_one, gnttab_copy_claim_buf,
 * acquire_grant_for_copy, gnttab_copy_buf, Xen 4.23-dev c447b7308b]. Version 1 entries, hence neither parts
 * of pages nor transitive grants. Nothing stays mapped: what Xen claims for an element it releases.
 *
 * Xen keeps a claim for the next element of the batch when that names the same page; here each element claims
 * for itself. Nobody could tell: the marks come and go within the hypercall either way.
 */
import { DOMID, GNTMAP, GNTCOPY, GNTST, GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { PAGE_SIZE } from '../../abi/ring.ts';
import type { Context } from '../machine/context.ts';
import { domainSlot } from './domain.ts';
import { clearMarks, grantedFrame, markEntry, ownFrame } from './grant-entry.ts';
import { activeSlot, grantTableSlot } from './grant-state.ts';
import { anyCounterHigh, hasWriter, pinIncrement } from './pin.ts';

/** One end of a copy. */
export type CopyEnd = {
  /** A grant reference, or a frame of the caller's own, as the flags say. */
  readonly page: number;
  /** The granter of a reference; DOMID_SELF with a frame. */
  readonly domid: number;
  readonly offset: number;
};

export type CopyOp = {
  readonly source: CopyEnd;
  readonly dest: CopyEnd;
  /** Bytes. */
  readonly len: number;
  /** GNTCOPY bits. */
  readonly flags: number;
};

/** A status other than okay, and the check that gave it. */
type Refusal = { readonly status: number; readonly why: string };
/** A page that Xen holds while it copies. `ref`: the entry to release. */
type Claim = { readonly mfn: number; readonly ref?: number };

function refuse(status: number, why: string): Refusal {
  return { status, why };
}

/**
 * One element of GNTTABOP_copy, as one shared access. @returns status okay, or the first check that failed
 */
export function copyGrant(c: Context, caller: number, op: CopyOp): { status: number } {
  c.enter();
  const refusal = op.len === 0 ? undefined : copy(c, caller, op);
  c.leave();
  const result = { status: refusal?.status ?? GNTST.okay };
  if (c.listening) {
    const { source, dest, len, flags } = op;
    const args = {
      ...named('source', source, (flags & GNTCOPY.source_gref) !== 0),
      ...named('dest', dest, (flags & GNTCOPY.dest_gref) !== 0),
      len,
    };
    c.note({ kind: 'xen', op: 'copy', caller, args, result, why: refusal?.why });
  }
  return result;
}

/** An end of a copy as it is told: which page, and where in it. */
function named(
  end: 'source' | 'dest',
  { page, domid, offset }: CopyEnd,
  byRef: boolean,
): { [key: string]: number } {
  return byRef
    ? { [`${end}_ref`]: page, [`${end}_dom`]: domid, [`${end}_offset`]: offset }
    : { [`${end}_gmfn`]: page, [`${end}_offset`]: offset };
}

function copy(c: Context, caller: number, op: CopyOp): Refusal | undefined {
  const { source, dest, len, flags } = op;
  const from = domainOf(c, caller, source, (flags & GNTCOPY.source_gref) !== 0);
  if (typeof from !== 'number') return from;
  const to = domainOf(c, caller, dest, (flags & GNTCOPY.dest_gref) !== 0);
  if (typeof to !== 'number') return to;
  const read = claim(c, caller, from, source.page, (flags & GNTCOPY.source_gref) !== 0, true);
  if ('why' in read) return read;
  const written = claim(c, caller, to, dest.page, (flags & GNTCOPY.dest_gref) !== 0, false);
  if ('why' in written) {
    release(c, from, read, true);
    return written;
  }
  // The pages are claimed before their bounds are looked at.
  const inside = source.offset + len <= PAGE_SIZE && dest.offset + len <= PAGE_SIZE;
  if (inside) copyBytes(c, read.mfn, source.offset, written.mfn, dest.offset, len);
  release(c, to, written, false);
  release(c, from, read, true);
  return inside ? undefined : refuse(GNTST.bad_copy_arg, `${len} bytes run over the end of a page`);
}

/** The domain that an end of the copy lies in. */
function domainOf(c: Context, caller: number, end: CopyEnd, byRef: boolean): number | Refusal {
  if (end.domid === DOMID.SELF) return caller;
  if (!byRef) return refuse(GNTST.permission_denied, 'a frame may be named only of the caller itself');
  return c.get(domainSlot(end.domid))
    ? end.domid
    : refuse(GNTST.bad_domain, `there is no domain ${end.domid}`);
}

function claim(
  c: Context,
  caller: number,
  dom: number,
  page: number,
  byRef: boolean,
  readonly: boolean,
): Claim | Refusal {
  if (byRef) return claimEntry(c, caller, dom, page, readonly);
  const mfn = ownFrame(c, dom, page);
  return mfn === undefined ? refuse(GNTST.bad_page, `frame ${page} is not RAM of domain ${dom}`) : { mfn };
}

/**
 * Checks the entry, marks it, and pins it: reading for the source, reading and writing for the destination.
 */
function claimEntry(
  c: Context,
  caller: number,
  dom: number,
  ref: number,
  readonly: boolean,
): Claim | Refusal {
  if (ref >= c.get(grantTableSlot(dom))!.frames * GRANTS_PER_FRAME.v1) {
    return refuse(GNTST.bad_gntref, `ref ${ref} is beyond the table of domain ${dom}`);
  }
  const active = c.get(activeSlot(dom, ref));
  const pinned = active?.pin ?? 0;
  if (active && (active.mapper !== caller || anyCounterHigh(pinned))) {
    return refuse(GNTST.general_error, `ref ${ref} is held by domain ${active.mapper}, or too often`);
  }
  if (!active || (!readonly && !hasWriter(pinned))) {
    const why = markEntry(c, caller, dom, ref, pinned, readonly, 'copy');
    if (why !== undefined) return refuse(GNTST.general_error, why);
  }
  const mfn = active ? active.mfn : grantedFrame(c, dom, ref);
  if (mfn === undefined) {
    clearMarks(c, dom, ref, pinned, readonly);
    return refuse(GNTST.bad_page, `the frame in ref ${ref} is not RAM of domain ${dom}`);
  }
  c.set(activeSlot(dom, ref), { pin: pinned + increment(readonly), mapper: caller, mfn });
  return { mfn, ref };
}

function release(c: Context, dom: number, { ref }: Claim, readonly: boolean): void {
  if (ref === undefined) return;
  const active = c.get(activeSlot(dom, ref))!;
  const left = active.pin - increment(readonly);
  c.set(activeSlot(dom, ref), left === 0 ? undefined : { ...active, pin: left });
  clearMarks(c, dom, ref, left, readonly);
}

function increment(readonly: boolean): number {
  return pinIncrement(GNTMAP.host_map | (readonly ? GNTMAP.readonly : 0));
}

/**
 * Copies bytes, word by word of the destination. Source and destination may be one page: read first, then
 * written.
 */
function copyBytes(
  c: Context,
  from: number,
  fromOffset: number,
  to: number,
  toOffset: number,
  len: number,
): void {
  const bytes: number[] = [];
  for (let base = fromOffset & ~3; base < fromOffset + len; base += 4) {
    const word = c.load32(from, base);
    for (let at = Math.max(base, fromOffset); at < Math.min(base + 4, fromOffset + len); at++) {
      bytes.push((word >>> ((at & 3) * 8)) & 0xff);
    }
  }
  const end = toOffset + len;
  for (let base = toOffset & ~3; base < end; base += 4) {
    const whole = base >= toOffset && base + 4 <= end;
    let word = whole ? 0 : c.load32(to, base);
    for (let i = 0; i < 4; i++) {
      const at = base + i;
      if (at < toOffset || at >= end) continue;
      word = (word & ~(0xff << (i * 8))) | (bytes[at - toOffset]! << (i * 8));
    }
    c.store32(to, base, word >>> 0);
  }
}
