import { xenvif_napi_schedule_or_enable_events } from './final-check.ts';
import type { NetbackOps } from './ops.ts';
import { push_responses_and_check_notify } from './ring.ts';
import { xenvif_rx_ring_slots_available } from './rx-slots.ts';
import { make_tx_response } from './tx-ring.ts';

/** netback's data path as it is in the source. */
export const NETBACK_OPS: NetbackOps = {
  enable_events: xenvif_napi_schedule_or_enable_events.name,
  push_responses: push_responses_and_check_notify.name,
  tx_response: make_tx_response.name,
  slots_available: xenvif_rx_ring_slots_available.name,
};
