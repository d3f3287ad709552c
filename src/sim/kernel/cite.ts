import type { FnInfo, Party } from '../machine/program.ts';

/** The Linux release that every citation of a kernel function refers to. */
export const LINUX = 'v6.12.117';
/** The Xen commit that every citation of the hypervisor and the toolstack refers to. */
export const XEN = '4.23-dev c447b7308b';

interface More {
  /** Line of the function in that release, where known. */
  line?: number;
  /** The older name under which the page shows it. */
  shown?: string;
  departs?: string;
}

/** A function of the Linux kernel, running in `party`'s kernel; 'either' where both kernels run it. */
export function linux(party: Party | 'either', path: string, symbol: string, more: More = {}): FnInfo {
  return {
    ...(party === 'either' ? {} : { party }),
    cite: { project: 'Linux', version: LINUX, path, symbol, ...(more.line ? { line: more.line } : {}) },
    ...(more.shown ? { shown: more.shown } : {}),
    ...(more.departs ? { departs: more.departs } : {}),
  };
}

/** A function of Xen's tree: the hypervisor, or libxl and the hotplug script (`party` toolstack). */
export function xen(party: Party, path: string, symbol: string, more: More = {}): FnInfo {
  return { ...linux(party, path, symbol, more), cite: { project: 'Xen', version: XEN, path, symbol, ...(more.line ? { line: more.line } : {}) } };
}
