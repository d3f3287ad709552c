/**
 * What the stage draws, as plain data: made from the mirror by selectors, read by panels. Parts that did not change keep
 * their identity from frame to frame, so a component that selects one part renders only when it must.
 * `hot` marks what the current step changed.
 */

export type PartyId = 'domU' | 'dom0' | 'xen' | 'xenstored' | 'toolstack';

/** Who writes a key. The hotplug script is userspace of dom0 as the toolstack is, which runs it; it writes by itself. */
export type WriterId = PartyId | 'script';

/** The three copies of a xenbus state; null where that copy does not exist (yet). */
export interface StateTrackView {
  /** In xenstore. */
  published: number | null;
  /** The kernel's cache of what it last wrote. */
  cached: number | null;
  /** The driver's own idea: netback's be->state; null for netfront, which has none. */
  driver: number | null;
  /** The directory was there and is removed. */
  gone: boolean;
  hot: boolean;
}

export type PageLife = 'allocated' | 'granted' | 'mapped' | 'unmapped' | 'revoked';

/** One page of a ring, seen from both sides. */
export interface RingPageView {
  index: number;
  gfn: number;
  mfn: number;
  life: PageLife;
  /** Grant reference; null before it is granted. */
  ref: number | null;
  /** dom0's maptrack handle; null while not mapped. */
  handle: number | null;
  /** dom0 maps it, and no ring there has it: nobody will ever unmap it. */
  forgotten?: true;
  /** It is the guest's allocator's again, though netfront still knows it by its number. */
  freed?: boolean;
  /** No entry of the ring ever touches this page. */
  untouched: boolean;
  /** First and last entry with a byte on this page; null if none. */
  entries: readonly [number, number] | null;
  hot: boolean;
}

export interface RingView {
  queue: number;
  direction: 'tx' | 'rx';
  slotSize: number;
  /** 0 before the frontend initialised it. */
  entries: number;
  pages: readonly RingPageView[];
  /** Shared, in the first page; null before it is initialised, and once that page is freed. */
  header: { req_prod: number; req_event: number; rsp_prod: number; rsp_event: number } | null;
  /** Private to netfront; null too where netfront has let go of the ring while dom0 still maps it. */
  front: { req_prod_pvt: number; rsp_cons: number } | null;
  /** Private to netback. */
  back: { rsp_prod_pvt: number; req_cons: number } | null;
  /** First address of dom0's contiguous mapped area; null before it exists. */
  vaddr: number | null;
  /** Has dom0 mapped one of its pages and unmapped it again? Said of no ring that it never did so with. */
  unmapped?: true;
  /** Are its pages being mapped where each has an address of its own, and the ring has none yet? */
  scattered?: true;
  /** Entries that straddle a page seam: `before` bytes at the end of page `page` - 1, `after` at the start of `page`. */
  straddles: readonly { page: number; entry: number; before: number; after: number }[];
  /** Fields of header, front and back that the current step changed, such as 'req_prod'. */
  changed?: readonly string[];
}

export interface GrantRowView {
  ref: number;
  domid: number;
  frame: number;
  flags: number;
  /** The 8 bytes, in memory order, as hexadecimal. */
  bytes: string;
  /** dom0's handle while mapped, and the machine frame that Xen pinned. */
  handle: number | null;
  mfn: number | null;
  /** What Xen answered where it refused, in the current step, to map it: a GNTST code. */
  refusal?: number;
  /** Queue, direction and page of the ring page it grants. */
  ring: string;
  hot: boolean;
}

export interface GrantsView {
  /** Frames in the table, and the limit. */
  frames: number;
  maxFrames: number;
  /** Ring entries, ascending. */
  rows: readonly GrantRowView[];
  /** Ranges that are folded away, such as the data pools. */
  folds: readonly { from: number; to: number; label: string }[];
}

export interface XsKeyView {
  /** Absolute path. */
  path: string;
  /** Path relative to the directory shown. */
  name: string;
  value: string;
  perms: readonly string[];
  writer: WriterId | null;
  /** Connections that watch it: the eye. */
  watchers: readonly PartyId[];
  /** The step wrote or read it. */
  hot: boolean;
}

export interface XenstoreView {
  frontend: readonly XsKeyView[];
  backend: readonly XsKeyView[];
  /** Whose transaction has written nodes that nobody else sees until its commit, and how many; null if none has. */
  pending: { who: PartyId; count: number; hot: boolean } | null;
}

export interface PortView {
  dom: 0 | 5;
  port: number;
  state: 'unbound' | 'interdomain';
  remoteDom: number;
  remotePort: number;
  pending: boolean;
  masked: boolean;
  /** What it is for, such as "queue 0 TX". */
  purpose: string;
  hot: boolean;
}

export interface ThreadView {
  name: string;
  party: PartyId;
  /** What it is doing, in a few words: 'not started', 'waits: …', 'finished', or a function name. */
  doing: string;
  running: boolean;
}

export interface RunningView {
  party: PartyId;
  fn: string;
  line: string;
}

export interface NetdevView {
  name: string;
  /** It was there and is unregistered and freed; then nothing else of it is true. */
  gone: boolean;
  registered: boolean;
  carrier: boolean;
  up: boolean;
  hot: boolean;
}

/** One kernel and its driver, apart from the rings. */
export interface SideView {
  track: StateTrackView;
  netdev: NetdevView | null;
  threads: readonly ThreadView[];
  log: readonly string[];
  /** What its error node in the store holds; null where it has none. */
  error: string | null;
}

/** Something that a person can do in the scenario, and why not now. */
export interface ActView {
  id: string;
  kind: 'fault' | 'toolstack' | 'guest' | 'traffic';
  /** Where it is offered. */
  party: PartyId;
  title: string;
  /** Null where it can be done. */
  refusal: string | null;
}

/** Something that the current step sent. */
export type PulseView =
  /** A watch fired for the key at `path`, which `to` watches, it or something above it. */
  | { kind: 'watch'; path: string; to: PartyId }
  /** A domain sent an event through its port. */
  | { kind: 'event'; dom: number; port: number };

export interface StageView {
  frontend: SideView;
  backend: SideView;
  toolstack: ThreadView | null;
  /** Whose thread took the current step, in which function, and at which line of it; null where no kernel's or the toolstack's did. */
  running: RunningView | null;
  /** Queue by queue, TX before RX. Empty before the frontend allocates. */
  rings: readonly RingView[];
  grants: GrantsView;
  xenstore: XenstoreView;
  ports: readonly PortView[];
  /** Queues asked for and made: they differ when the grant frames run out. */
  queues: { asked: number; made: number | null };
  /** Null while the guest lives; a zombie is kept by Xen because others still map frames of it. */
  guest: 'dying' | 'zombie' | 'gone' | null;
  /** What was there before and is no more: without rings, ports or mappings it tells "no longer" from "not yet". */
  past: { rings: boolean; mapped: boolean; ports: boolean };
  /** What the current step, counted from 0, sent; null if nothing. */
  pulses: { step: number; sent: readonly PulseView[] } | null;
  /** In the scenario's order. */
  acts: readonly ActView[];
}
