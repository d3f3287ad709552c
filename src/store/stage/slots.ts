import type { StageView } from '../view.ts';

/** The engine's slots as the stage reads them: their names, and the fields of theirs that it shows. */
export interface Slots {
  readonly [front: `netfront:queue:${number}`]: FrontQueue;
  readonly [back: `netback:queue:${number}`]: BackQueue;
  readonly [memory: `xen:memory:${number}`]: MemoryMap;
  readonly [table: `xen:gt:${number}`]: { readonly frames: number; readonly maxFrames: number };
  /** Absent while the domain lives. */
  readonly [dying: `xen:dying:${number}`]: NonNullable<StageView['guest']>;
  /** By granter and reference; absent while nobody has it mapped. */
  readonly [active: `xen:active:${number}:${number}`]: Active;
  readonly [maptrack: `xen:maptrack:${number}`]: Maptrack;
  /** By mapper and handle. */
  readonly [handle: `xen:handle:${number}:${number}`]: Mapping;
  readonly [ports: `xen:ports:${number}`]: { readonly next: number; readonly free: readonly number[] };
  readonly [domain: `xen:domain:${number}`]: { readonly maxPort: number; readonly maxMaptrackFrames: number };
  readonly [port: `xen:port:${number}:${number}`]: Port;
  readonly [irqs: `irqs:${string}`]: Irqs;
  readonly [node: `xs:node:${string}`]: XsNode;
  /** The connection that wrote the node last. */
  readonly [writer: `xs:writer:${string}`]: string;
  readonly [watches: `xs:watches:${string}`]: readonly Watch[];
  /** Open transactions of a connection; absent while it has none. */
  readonly [transactions: `xs:tx:${string}`]: readonly { readonly accessed: readonly { readonly changed: boolean }[] }[];
  readonly [thread: `thread:${string}`]: Thread;
  readonly [log: `log:${string}`]: readonly string[];
  readonly [netdev: `netdev:${string}`]: Netdev;
  /** A kernel's device: the cache of what it last wrote to its state. */
  readonly [device: `xenbus:${string}`]: { readonly state: number };
  readonly 'netback:be': { readonly state: number };
  readonly 'netfront:params': { readonly max_queues: number };
  readonly 'netfront:info': { readonly num_queues: number };
  /** Guest frames that domU holds for rings. */
  readonly 'pages:domU': readonly number[];
  readonly 'gnttab:domU': { readonly free: Runs; readonly free_count: number; readonly nr_grant_frames: number };
  readonly 'gnttab deferred:domU': readonly { readonly ref: number; readonly gfn: number | null }[];
}

export type SlotName = keyof Slots;

export const DOM0 = 0;
export const DOMU = 5;
export const FRONT_DIR = '/local/domain/5/device/vif/0';
export const BACK_DIR = '/local/domain/0/backend/vif/5/0';
/** Where each kernel writes what went wrong with the device. */
export const FRONT_ERROR = '/local/domain/5/error/device/vif/0/error';
export const BACK_ERROR = '/local/domain/0/error/backend/vif/5/0/error';
/** More queues than any run has. */
export const QUEUES_MAX = 8;

export const DIRECTIONS = ['tx', 'rx'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** References as runs [first, count]. */
export type Runs = readonly (readonly [number, number])[];

export interface FrontQueue extends Readonly<Record<Direction, FrontSide | null>> {
  readonly tx_port: number | null;
  readonly rx_port: number | null;
  readonly gref_tx: Runs;
  readonly gref_rx: Runs;
  /** Absent while none is out. */
  readonly rx_posted?: Runs;
  readonly tx_inflight?: readonly { readonly ref: number; readonly packet: number }[];
}

export interface FrontSide {
  readonly gfn: number;
  readonly pages: number;
  /** Empty until all pages are granted. */
  readonly refs: readonly number[];
  readonly indexes: { readonly req_prod_pvt: number; readonly rsp_cons: number; readonly nr_ents: number };
}

export interface BackQueue extends Readonly<Record<Direction, BackSide | null>> {
  readonly tx_port: number | null;
  readonly rx_port: number | null;
}

export interface BackSide {
  readonly ring: { readonly vaddr: string };
  /** The references that it mapped. */
  readonly refs: readonly number[];
  readonly indexes: { readonly rsp_prod_pvt: number; readonly req_cons: number; readonly nr_ents: number };
}

export interface MemoryMap {
  readonly shared_info: number;
  readonly grant_table: number;
  readonly gfn: number;
  readonly mfns: readonly number[];
}

export interface Active {
  /** Four 8-bit counters, low to high: host writable, host read-only, device writable, device read-only. */
  readonly pin: number;
  readonly mfn: number;
}

export interface Maptrack {
  /** Handles in existence. */
  readonly limit: number;
  /** Free handles by vCPU, as runs first, count, first, count, ... */
  readonly free: readonly (readonly number[])[];
}

export interface Mapping {
  readonly ref: number;
  /** The granter. */
  readonly dom: number;
  /** GNTMAP flags. */
  readonly flags: number;
  readonly host_addr: number;
  readonly vcpu: number;
}

export interface Watch {
  /** Absolute. */
  readonly path: string;
  readonly token: string;
  /** As the client gave it. */
  readonly shown: string;
  /** How many levels below its path it reaches; all, if undefined. */
  readonly depth?: number;
}

export interface Port {
  readonly state: 'unbound' | 'interdomain' | 'reserved';
  readonly remoteDom: number;
  readonly remotePort: number;
}

export interface Netdev {
  readonly registered: boolean;
  readonly carrier: boolean;
  readonly up: boolean;
}

export type Irqs = readonly { readonly port: number; readonly handler: string; readonly queue: number }[];

export interface XsNode {
  readonly value: string;
  readonly perms: readonly string[];
  readonly children: readonly string[];
}

/** A stack, outermost first. */
export type Thread = 'finished' | readonly { readonly fn: string; readonly shown: string; readonly label: string }[];
