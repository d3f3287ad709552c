import { xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';
import { array, bytes, struct, union } from './layout.ts';
import { ringStructs } from './ring.ts';

const cite = xenPublic('io/netif.h');

export const netifTxRequest = struct('struct netif_tx_request', cite, {
  gref: 'u32', offset: 'u16', flags: 'u16', id: 'u16', size: 'u16',
});
export const netifTxResponse = struct('struct netif_tx_response', cite, { id: 'u16', status: 's16' });
export const netifRxRequest = struct('struct netif_rx_request', cite, { id: 'u16', pad: 'u16', gref: 'u32' });
/** `status` is the number of bytes in this slot, or negative. */
export const netifRxResponse = struct('struct netif_rx_response', cite, {
  id: 'u16', offset: 'u16', flags: 'u16', status: 's16',
});

/** Takes a whole tx or rx slot, after the first slot of the packet. */
export const netifExtraInfo = struct('struct netif_extra_info', cite, {
  type: 'u8',
  flags: 'u8',
  u: union('union netif_extra_info.u', cite, {
    gso: struct('struct netif_extra_info.u.gso', cite, {
      size: 'u16', type: 'u8', pad: 'u8', features: 'u16',
    }),
    mcast: struct('struct netif_extra_info.u.mcast', cite, { addr: bytes(6) }),
    hash: struct('struct netif_extra_info.u.hash', cite, { type: 'u8', algorithm: 'u8', value: bytes(4) }),
  }),
});

export const netifCtrlRequest = struct('struct xen_netif_ctrl_request', cite, {
  id: 'u16', type: 'u16', data: array('u32', 3),
});
export const netifCtrlResponse = struct('struct xen_netif_ctrl_response', cite, {
  id: 'u16', type: 'u16', status: 'u32', data: 'u32',
});
export const netifGref = struct('struct xen_netif_gref', cite, { ref: 'u32', flags: 'u16', status: 'u16' });

export const netifTxRing = ringStructs('netif_tx', cite, netifTxRequest, netifTxResponse);
export const netifRxRing = ringStructs('netif_rx', cite, netifRxRequest, netifRxResponse);
export const netifCtrlRing = ringStructs('xen_netif_ctrl', cite, netifCtrlRequest, netifCtrlResponse);

/** Tx request flags. The two checksum bits are the other way round than in NETRXF. */
export const NETTXF = { csum_blank: 1, data_validated: 2, more_data: 4, extra_info: 8 } as const;

/** Rx response flags. */
export const NETRXF = {
  data_validated: 1, csum_blank: 2, more_data: 4, extra_info: 8, gso_prefix: 16,
} as const;

export const NETIF_RSP = { DROPPED: -2, ERROR: -1, OKAY: 0, NULL: 1 } as const;

/** MAX is 6 in Linux, which adds XDP = 5. */
export const XEN_NETIF_EXTRA_TYPE = { NONE: 0, GSO: 1, MCAST_ADD: 2, MCAST_DEL: 3, HASH: 4, MAX: 5 } as const;
export const XEN_NETIF_EXTRA_FLAG_MORE = 1;
export const XEN_NETIF_GSO_TYPE = { NONE: 0, TCPV4: 1, TCPV6: 2 } as const;

/** Slots of one packet that a backend must accept. */
export const XEN_NETIF_NR_SLOTS_MIN = 18;
/** Bytes of a packet, at most. */
export const XEN_NETIF_MAX_TX_SIZE = 0xffff;

export const XEN_NETIF_CTRL_TYPE = {
  INVALID: 0, GET_HASH_FLAGS: 1, SET_HASH_FLAGS: 2, SET_HASH_KEY: 3, GET_HASH_MAPPING_SIZE: 4,
  SET_HASH_MAPPING_SIZE: 5, SET_HASH_MAPPING: 6, SET_HASH_ALGORITHM: 7, GET_GREF_MAPPING_SIZE: 8,
  ADD_GREF_MAPPING: 9, DEL_GREF_MAPPING: 10,
} as const;
export const XEN_NETIF_CTRL_STATUS = {
  SUCCESS: 0, NOT_SUPPORTED: 1, INVALID_PARAMETER: 2, BUFFER_OVERFLOW: 3,
} as const;

export const netifStructs = [
  ...Object.values(netifTxRing), ...Object.values(netifRxRing), ...Object.values(netifCtrlRing),
  netifTxRequest, netifTxResponse, netifRxRequest, netifRxResponse, netifExtraInfo,
  netifCtrlRequest, netifCtrlResponse, netifGref,
];

export const netifConstants: readonly ConstantTable[] = [
  { prefix: 'NETTXF_', cite, values: NETTXF },
  { prefix: 'NETRXF_', cite, values: NETRXF },
  { prefix: 'NETIF_RSP_', cite, values: NETIF_RSP },
  { prefix: 'XEN_NETIF_EXTRA_TYPE_', cite, values: XEN_NETIF_EXTRA_TYPE },
  { prefix: 'XEN_NETIF_GSO_TYPE_', cite, values: XEN_NETIF_GSO_TYPE },
  { prefix: 'XEN_NETIF_CTRL_TYPE_', cite, values: XEN_NETIF_CTRL_TYPE },
  { prefix: 'XEN_NETIF_CTRL_STATUS_', cite, values: XEN_NETIF_CTRL_STATUS },
  { prefix: '', cite, values: { XEN_NETIF_EXTRA_FLAG_MORE, XEN_NETIF_NR_SLOTS_MIN, XEN_NETIF_MAX_TX_SIZE } },
];
