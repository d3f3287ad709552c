import { seeded } from '../../kernel/seeded.ts';
import { makeEnableEvents } from './final-check.ts';
import { makeTxResponse } from './tx-ring.ts';

const FINAL_CHECK = 'netback/final-check.ts';

/** The final check without its full barrier: the second look may overtake the store of req_event. */
export const enable_events_without_barrier = makeEnableEvents(
  'enable_events (no barrier)',
  seeded('dom0', FINAL_CHECK, 'enable_events (no barrier)', 'no full barrier between the store of req_event and the second look'),
  'barrier',
);

/** The final check without its second look. */
export const enable_events_without_recheck = makeEnableEvents(
  'enable_events (no second look)',
  seeded('dom0', FINAL_CHECK, 'enable_events (no second look)', 'netback does not look once more after asking to be told'),
  'recheck',
);

/** The final check that asks for nothing. */
export const enable_events_without_store = makeEnableEvents(
  'enable_events (req_event stays)',
  seeded('dom0', FINAL_CHECK, 'enable_events (req_event stays)', 'req_event is not moved on, so the next request rings no bell'),
  'store',
);

/** Answers with an id that lies beyond the ring. */
export const make_tx_response_beyond = makeTxResponse(
  'make_tx_response (id beyond the ring)',
  seeded('dom0', 'netback/tx-ring.ts', 'make_tx_response (id beyond the ring)', 'the response carries an id that no slot has'),
  true,
);
