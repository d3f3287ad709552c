import { xennet_get_responses } from './get-responses.ts';
import type { NetfrontOps } from './ops.ts';
import { xennet_poll } from './poll.ts';
import { final_check_for_responses, push_requests_and_check_notify } from './ring.ts';
import { xennet_tx_buf_gc } from './tx-done.ts';
import { xennet_tx_setup_grant } from './tx.ts';

/** netfront's data path as it is in the source. */
export const NETFRONT_OPS: NetfrontOps = {
  setup_grant: xennet_tx_setup_grant.name,
  push_requests: push_requests_and_check_notify.name,
  tx_buf_gc: xennet_tx_buf_gc.name,
  final_check: final_check_for_responses.name,
  get_responses: xennet_get_responses.name,
  poll: xennet_poll.name,
};
