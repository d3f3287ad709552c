import { xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';
import { array, bytes, struct, union } from './layout.ts';

const cite = xenPublic('event_channel.h');
const xenHeader = xenPublic('xen.h');

export const evtchnAllocUnbound = struct('struct evtchn_alloc_unbound', cite, {
  dom: 'u16', remote_dom: 'u16', port: 'u32',
});
export const evtchnBindInterdomain = struct('struct evtchn_bind_interdomain', cite, {
  remote_dom: 'u16', remote_port: 'u32', local_port: 'u32',
});
export const evtchnBindVirq = struct('struct evtchn_bind_virq', cite, {
  virq: 'u32', vcpu: 'u32', port: 'u32',
});
export const evtchnBindIpi = struct('struct evtchn_bind_ipi', cite, { vcpu: 'u32', port: 'u32' });
export const evtchnClose = struct('struct evtchn_close', cite, { port: 'u32' });
export const evtchnSend = struct('struct evtchn_send', cite, { port: 'u32' });
export const evtchnStatus = struct('struct evtchn_status', cite, {
  dom: 'u16', port: 'u32', status: 'u32', vcpu: 'u32',
  u: union('struct evtchn_status.u', cite, {
    unbound: struct('struct evtchn_status.u.unbound', cite, { dom: 'u16' }),
    interdomain: struct('struct evtchn_status.u.interdomain', cite, { dom: 'u16', port: 'u32' }),
    pirq: 'u32',
    virq: 'u32',
  }),
});
export const evtchnBindVcpu = struct('struct evtchn_bind_vcpu', cite, { port: 'u32', vcpu: 'u32' });
export const evtchnUnmask = struct('struct evtchn_unmask', cite, { port: 'u32' });
export const evtchnReset = struct('struct evtchn_reset', cite, { dom: 'u16' });
export const evtchnInitControl = struct('struct evtchn_init_control', cite, {
  control_gfn: 'u64', offset: 'u32', vcpu: 'u32', link_bits: 'u8', _pad: bytes(7),
});
export const evtchnExpandArray = struct('struct evtchn_expand_array', cite, { array_gfn: 'u64' });
export const evtchnSetPriority = struct('struct evtchn_set_priority', cite, { port: 'u32', priority: 'u32' });

export const EVTCHN_FIFO_MAX_QUEUES = 16;

export const evtchnFifoControlBlock = struct('struct evtchn_fifo_control_block', cite, {
  ready: 'u32', _rsvd: 'u32', head: array('u32', EVTCHN_FIFO_MAX_QUEUES),
});

/** `arch` and `time` hold the page-fault address and the clock; kept opaque. */
export const vcpuInfo = struct('struct vcpu_info', xenHeader, {
  evtchn_upcall_pending: 'u8', evtchn_upcall_mask: 'u8', evtchn_pending_sel: 'u64',
  arch: array('u64', 2), time: array('u64', 4),
});

/** The shared info page of a 64-bit guest; 32 is the number of vcpus that fit in it. */
export const sharedInfo = struct('struct shared_info', xenHeader, {
  vcpu_info: array(vcpuInfo, 32),
  evtchn_pending: array('u64', 64),
  evtchn_mask: array('u64', 64),
  wc_version: 'u32', wc_sec: 'u32', wc_nsec: 'u32', wc_sec_hi: 'u32',
  arch: array('u64', 6),
});

export const EVTCHNOP = {
  bind_interdomain: 0, bind_virq: 1, bind_pirq: 2, close: 3, send: 4, status: 5, alloc_unbound: 6,
  bind_ipi: 7, bind_vcpu: 8, unmask: 9, reset: 10, init_control: 11, expand_array: 12, set_priority: 13,
} as const;

/** Channel status as the status call reports it. */
export const EVTCHNSTAT = { closed: 0, unbound: 1, interdomain: 2, pirq: 3, virq: 4, ipi: 5 } as const;

/** Ports of a 64-bit guest with 2-level delivery. */
export const EVTCHN_2L_NR_CHANNELS = 4096;
export const EVTCHN_FIFO_NR_CHANNELS = 131072;

/** 0 is the highest priority. */
export const EVTCHN_FIFO_PRIORITY = { MAX: 0, DEFAULT: 7, MIN: 15 } as const;

/** Bit numbers in a FIFO event word; the low LINK_BITS bits are the link. */
export const EVTCHN_FIFO_BIT = { PENDING: 31, MASKED: 30, LINKED: 29, BUSY: 28 } as const;
export const EVTCHN_FIFO_LINK_BITS = 17;
export const EVTCHN_FIFO_LINK_MASK = 0x1ffff;

export const eventChannelStructs = [
  evtchnAllocUnbound, evtchnBindInterdomain, evtchnBindVirq, evtchnBindIpi, evtchnClose, evtchnSend,
  evtchnStatus, evtchnBindVcpu, evtchnUnmask, evtchnReset, evtchnInitControl, evtchnExpandArray,
  evtchnSetPriority, evtchnFifoControlBlock, vcpuInfo, sharedInfo,
];

export const eventChannelConstants: readonly ConstantTable[] = [
  { prefix: 'EVTCHNOP_', cite, values: EVTCHNOP },
  { prefix: 'EVTCHNSTAT_', cite, values: EVTCHNSTAT },
  { prefix: 'EVTCHN_FIFO_PRIORITY_', cite, values: EVTCHN_FIFO_PRIORITY },
  { prefix: 'EVTCHN_FIFO_', cite, values: EVTCHN_FIFO_BIT },
  {
    prefix: '', cite,
    values: {
      EVTCHN_2L_NR_CHANNELS, EVTCHN_FIFO_NR_CHANNELS, EVTCHN_FIFO_MAX_QUEUES, EVTCHN_FIFO_LINK_BITS,
      EVTCHN_FIFO_LINK_MASK,
    },
  },
];
