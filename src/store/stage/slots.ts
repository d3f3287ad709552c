/** The engine's slots as the stage reads them: their names, and the fields of theirs that it shows. */
export const DOM0 = 0;
export const DOMU = 5;
export const FRONT_DIR = '/local/domain/5/device/vif/0';
export const BACK_DIR = '/local/domain/0/backend/vif/5/0';
/** More queues than any run has. */
export const QUEUES_MAX = 8;

export const DIRECTIONS = ['tx', 'rx'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** References as runs [first, count]. */
export type Runs = readonly (readonly [number, number])[];

/** `netfront:queue:<n>` */
export interface FrontQueue extends Readonly<Record<Direction, FrontSide | null>> {
  readonly tx_port: number | null;
  readonly rx_port: number | null;
  readonly gref_tx: Runs;
  readonly gref_rx: Runs;
}

export interface FrontSide {
  readonly gfn: number;
  readonly pages: number;
  /** Empty until all pages are granted. */
  readonly refs: readonly number[];
  readonly indexes: { readonly req_prod_pvt: number; readonly rsp_cons: number; readonly nr_ents: number };
}

/** `netback:queue:<n>` */
export interface BackQueue extends Readonly<Record<Direction, BackSide | null>> {
  readonly tx_port: number | null;
  readonly rx_port: number | null;
}

export interface BackSide {
  readonly ring: { readonly vaddr: string };
  readonly indexes: { readonly rsp_prod_pvt: number; readonly req_cons: number };
}

/** `xen:memory:<dom>` */
export interface MemoryMap {
  readonly shared_info: number;
  readonly grant_table: number;
  readonly gfn: number;
  readonly mfns: readonly number[];
}

/** `xen:active:<granter>:<ref>` */
export interface Active {
  readonly pin: number;
  readonly mfn: number;
}

/** `xen:handle:<mapper>:<handle>` */
export interface Mapping {
  readonly ref: number;
  readonly dom: number;
}

/** `xen:port:<dom>:<port>` */
export interface Port {
  readonly state: 'unbound' | 'interdomain' | 'reserved';
  readonly remoteDom: number;
  readonly remotePort: number;
}

/** `irqs:<kernel>` */
export type Irqs = readonly { readonly port: number; readonly handler: string; readonly queue: number }[];

/** `xs:node:<path>` */
export interface XsNode {
  readonly value: string;
  readonly perms: readonly string[];
  readonly children: readonly string[];
}

/** `thread:<name>` */
export type Thread = 'finished' | readonly { readonly fn: string; readonly shown: string; readonly label: string }[];
