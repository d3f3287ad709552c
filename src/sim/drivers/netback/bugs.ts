import { call, privately, ret, step, when } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { notify_remote_via_irq } from '../../kernel/events.ts';
import { seeded } from '../../kernel/seeded.ts';
import { makeEnableEvents } from './carrier.ts';
import { netbackOp } from './ops.ts';
import type { RingOf } from './ring.ts';
import { backQueueSlot } from './state.ts';
import { writeTxResponse, type Respond } from './tx-ring.ts';

const CARRIER = 'netback/carrier.ts';

/** The final check without its full barrier: the second look may overtake the store of req_event. */
export const enable_events_without_barrier = makeEnableEvents(
  'enable_events (no barrier)',
  seeded('dom0', CARRIER, 'enable_events (no barrier)', 'no full barrier between the store of req_event and the second look'),
  'barrier',
);

/** The final check without its second look. */
export const enable_events_without_recheck = makeEnableEvents(
  'enable_events (no second look)',
  seeded('dom0', CARRIER, 'enable_events (no second look)', 'netback does not look once more after asking to be told'),
  'recheck',
);

/** The final check that asks for nothing. */
export const enable_events_without_store = makeEnableEvents(
  'enable_events (req_event stays)',
  seeded('dom0', CARRIER, 'enable_events (req_event stays)', 'req_event is not moved on, so the next request rings no bell'),
  'store',
);

type RespondLocals = Respond & { port?: number | null; op?: string };

/** Answers with an id that lies beyond the ring. */
export const make_tx_response_beyond = fn<RespondLocals, void, Respond>(
  'make_tx_response (id beyond the ring)',
  seeded('dom0', 'netback/bugs.ts', 'make_tx_response (id beyond the ring)', 'the response carries an id that no slot has'),
  [
    step('write_response', (c, l) => {
      c.enter();
      const { nr_ents } = c.get(backQueueSlot(l.queue))!.tx!.indexes;
      writeTxResponse(c, l.queue, l.id + nr_ents, l.status);
      c.leave();
    }),
    privately((c, l) => {
      l.op = netbackOp(c, 'push_responses');
    }),
    call(
      'push_responses',
      (l) => functionNamed<RingOf, number | null>(l.op!),
      (l) => ({ queue: l.queue, direction: 'tx' as const }),
      (l, port) => {
        l.port = port;
      },
    ),
    when((l) => l.port !== null, [
      call('notify_frontend', () => notify_remote_via_irq, (l) => ({ kernel: 'dom0' as const, port: l.port! })),
    ]),
    ret(),
  ],
);
