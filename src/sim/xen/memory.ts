// Where the machine's frames lie. Authored, ours: Xen hands out frames as it finds them. What matters is that
// it is deterministic and that neighbours in a guest are no neighbours in the machine.
import { PAGE_SIZE } from '../../abi/ring.ts';

/** Bits of a guest's frame numbers: 512 MiB of RAM, gfns 0 to 0x1ffff. */
const RAM_BITS = 17;
const RAM_FRAMES = 2 ** RAM_BITS;
/**
 * Frames that Xen keeps for itself and shares: above all RAM. All frame numbers stay below 2^22, as State
 * needs.
 */
const XEN_HEAP = 0x3c0000;
const XEN_FRAMES_PER_DOMAIN = 0x400;

/** The highest domain id that the memory map has room for. */
export const LAST_DOMID = 27;
/** The most grant frames that the memory map has room for, per domain. */
export const GRANT_FRAMES_LIMIT = XEN_FRAMES_PER_DOMAIN - 1;

/**
 * A permutation of 0..RAM_FRAMES-1 that leaves no two neighbours together: odd factors and a shift can be
 * undone.
 */
function scatter(index: number): number {
  let x = Math.imul(index, 0xb4a35) & (RAM_FRAMES - 1);
  x ^= x >>> 9;
  return Math.imul(x, 0x1c9d) & (RAM_FRAMES - 1);
}

/**
 * Each domain's RAM fills one window of machine frames, 512 MiB wide, the first left to the firmware and Xen.
 */
function window(domid: number): number {
  return (domid + 1) * RAM_FRAMES;
}

/** The machine frame behind frame `gfn` of the domain's RAM; undefined where it has no RAM. */
export function ramFrame(domid: number, gfn: number): number | undefined {
  if (!Number.isInteger(gfn) || gfn < 0 || gfn >= RAM_FRAMES) return undefined;
  return window(domid) + scatter(gfn);
}

/** Is machine frame `mfn` RAM of that domain? */
export function ownsFrame(domid: number, mfn: number): boolean {
  return mfn >= window(domid) && mfn < window(domid) + RAM_FRAMES;
}

/** The machine frame of the domain's shared info page. */
export function sharedInfoMfn(domid: number): number {
  return XEN_HEAP + domid * XEN_FRAMES_PER_DOMAIN;
}

/** The machine frame of grant table frame `index` of that domain. */
export function grantFrameMfn(domid: number, index: number): number {
  return sharedInfoMfn(domid) + 1 + index;
}

/** The frame number of a byte address. Plain arithmetic: addresses go beyond 32 bits. */
export function frameOf(address: number): number {
  return Math.floor(address / PAGE_SIZE);
}
