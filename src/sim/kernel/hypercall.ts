import { enter, local, ret, step, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { allocUnbound, bindInterdomain, close, send, unmask } from '../xen/event-channel.ts';
import { growGrantTable, mapGrantRef, unmapGrantRef } from '../xen/grant-table.ts';
import { linux, xen } from './cite.ts';
import { DOMID, type KernelName } from './kernel.ts';

/**
 * Hypercalls: a step to enter, one atomic step an operation of the batch (Xen's own function, on its caller's thread),
 * a step to return.
 */

const GNTTAB = 'xen/common/grant_table.c';
const EVTCHN = 'xen/common/event_channel.c';

export type MapRequest = { host_addr: number; flags: number; ref: number; dom: number };
export type MapAnswer = { status: number; handle: number; dev_bus_addr: number };
export type UnmapRequest = { host_addr: number; dev_bus_addr: number; handle: number };

const map_grant_ref = fn<{ caller: number; op: MapRequest; answer?: MapAnswer }, MapAnswer, { caller: number; op: MapRequest }>(
  'map_grant_ref',
  xen('xen', GNTTAB, 'map_grant_ref', { line: 1004 }),
  [
    step('map_one', (c, l) => {
      const { status, handle, dev_bus_addr } = mapGrantRef(c, l.caller, l.op);
      l.answer = { status, handle, dev_bus_addr };
    }),
    ret((l) => l.answer!),
  ],
);

const unmap_grant_ref = fn<{ caller: number; op: UnmapRequest; status?: number }, number, { caller: number; op: UnmapRequest }>(
  'unmap_grant_ref',
  xen('xen', GNTTAB, 'unmap_common', { line: 1410 }),
  [
    step('unmap_one', (c, l) => {
      l.status = unmapGrantRef(c, l.caller, l.op).status;
    }),
    ret((l) => l.status!),
  ],
);

type MapBatch = { kernel: KernelName; ops: readonly MapRequest[] };

/** GNTTABOP_map_grant_ref with a batch. Every element gets its own status; one that fails does not stop the rest. */
export const HYPERVISOR_map_grant_ref = fn<MapBatch & { i?: number; answers?: readonly MapAnswer[] }, readonly MapAnswer[], MapBatch>(
  'HYPERVISOR_grant_table_op(map)',
  linux('either', 'arch/x86/include/asm/xen/hypercall.h', 'HYPERVISOR_grant_table_op', {
    line: 459, shown: 'HYPERVISOR_grant_table_op',
  }),
  [
    local('enter_map', (_, l) => {
      l.i = 0;
      l.answers = [];
    }),
    whilst((l) => l.i! < l.ops.length, [
      enter(
        () => map_grant_ref,
        (l) => ({ caller: DOMID[l.kernel], op: l.ops[l.i!]! }),
        (l, answer) => {
          l.answers = [...l.answers!, answer];
          l.i = l.i! + 1;
        },
      ),
    ]),
    local('return_map', () => {}),
    ret((l) => l.answers!),
  ],
);

type UnmapBatch = { kernel: KernelName; ops: readonly UnmapRequest[] };

export const HYPERVISOR_unmap_grant_ref = fn<UnmapBatch & { i?: number; statuses?: readonly number[] }, readonly number[], UnmapBatch>(
  'HYPERVISOR_grant_table_op(unmap)',
  linux('either', 'arch/x86/include/asm/xen/hypercall.h', 'HYPERVISOR_grant_table_op', {
    line: 459, shown: 'HYPERVISOR_grant_table_op',
  }),
  [
    local('enter_unmap', (_, l) => {
      l.i = 0;
      l.statuses = [];
    }),
    whilst((l) => l.i! < l.ops.length, [
      enter(
        () => unmap_grant_ref,
        (l) => ({ caller: DOMID[l.kernel], op: l.ops[l.i!]! }),
        (l, status) => {
          l.statuses = [...l.statuses!, status];
          l.i = l.i! + 1;
        },
      ),
    ]),
    local('return_unmap', () => {}),
    ret((l) => l.statuses!),
  ],
);

const gnttab_map_frame = fn<{ domid: number; index: number; rc?: number }, number, { domid: number; index: number }>(
  'gnttab_map_frame',
  xen('xen', GNTTAB, 'gnttab_map_frame_begin', { line: 4321 }),
  [
    step('place_frame', (c, l) => {
      l.rc = growGrantTable(c, l.domid, l.index + 1) ? 0 : -22;
    }),
    ret((l) => l.rc!),
  ],
);

/** XENMEM_add_to_physmap, space grant table: how a translated guest places a frame of its table, growing it if needed. */
export const HYPERVISOR_memory_op = fn<{ kernel: KernelName; index: number; rc?: number }, number, { kernel: KernelName; index: number }>(
  'HYPERVISOR_memory_op',
  linux('either', 'arch/x86/include/asm/xen/hypercall.h', 'HYPERVISOR_memory_op', { line: 423 }),
  [
    local('enter_memory_op', () => {}),
    enter(
      () => gnttab_map_frame,
      (l) => ({ domid: DOMID[l.kernel], index: l.index }),
      (l, rc) => {
        l.rc = rc;
      },
    ),
    local('return_memory_op', () => {}),
    ret((l) => l.rc!),
  ],
);

/** Operation on event channels: what goes in and comes out, whichever it is. */
export type EvtchnOp = {
  kernel: KernelName;
  cmd: 'alloc_unbound' | 'bind_interdomain' | 'send' | 'unmask' | 'close';
  /** alloc_unbound: who may bind; bind_interdomain: whose port. */
  remote_dom: number;
  /** bind_interdomain: the remote port; send, unmask, close: the own port. */
  port: number;
};
export type EvtchnAnswer = { rc: number; port: number };
type EvtchnLocals = EvtchnOp & { answer?: EvtchnAnswer };

const DOMID_SELF = 0x7ff0;

const evtchn_alloc_unbound = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>(
  'evtchn_alloc_unbound',
  xen('xen', EVTCHN, 'evtchn_alloc_unbound', { line: 319 }),
  [
    step('alloc_port', (c, l) => {
      const { rc, port } = allocUnbound(c, DOMID[l.kernel], { dom: DOMID_SELF, remote_dom: l.remote_dom });
      l.answer = { rc, port };
    }),
    ret((l) => l.answer!),
  ],
);

const evtchn_bind_interdomain = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>(
  'evtchn_bind_interdomain',
  xen('xen', EVTCHN, 'evtchn_bind_interdomain', { line: 386 }),
  [
    step('bind_ports', (c, l) => {
      const { rc, local_port } = bindInterdomain(c, DOMID[l.kernel], { remote_dom: l.remote_dom, remote_port: l.port });
      l.answer = { rc, port: local_port };
    }),
    ret((l) => l.answer!),
  ],
);

const evtchn_send = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>('evtchn_send', xen('xen', EVTCHN, 'evtchn_send', {
  line: 847,
}), [
  step('set_peer_pending', (c, l) => {
    l.answer = { rc: send(c, DOMID[l.kernel], l.port).rc, port: l.port };
  }),
  ret((l) => l.answer!),
]);

const evtchn_unmask = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>('evtchn_unmask', xen('xen', EVTCHN, 'evtchn_unmask', {
  line: 1251,
}), [
  step('clear_mask', (c, l) => {
    l.answer = { rc: unmask(c, DOMID[l.kernel], l.port).rc, port: l.port };
  }),
  ret((l) => l.answer!),
]);

const evtchn_close = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>('evtchn_close', xen('xen', EVTCHN, 'evtchn_close', {
  line: 704,
}), [
  step('close_port', (c, l) => {
    l.answer = { rc: close(c, DOMID[l.kernel], l.port).rc, port: l.port };
  }),
  ret((l) => l.answer!),
]);

const EVTCHN_OPERATIONS = {
  alloc_unbound: evtchn_alloc_unbound,
  bind_interdomain: evtchn_bind_interdomain,
  send: evtchn_send,
  unmask: evtchn_unmask,
  close: evtchn_close,
} as const;

export const HYPERVISOR_event_channel_op = fn<EvtchnLocals, EvtchnAnswer, EvtchnOp>(
  'HYPERVISOR_event_channel_op',
  linux('either', 'arch/x86/include/asm/xen/hypercall.h', 'HYPERVISOR_event_channel_op', { line: 435 }),
  [
    local('enter_event_channel_op', () => {}),
    enter(
      (l) => EVTCHN_OPERATIONS[l.cmd],
      (l) => ({ kernel: l.kernel, cmd: l.cmd, remote_dom: l.remote_dom, port: l.port }),
      (l, answer) => {
        l.answer = answer;
      },
    ),
    local('return_event_channel_op', () => {}),
    ret((l) => l.answer!),
  ],
);
