import { RING_HEADER } from '../../../abi/ring.ts';
import { call, enter, goto, local, mark, ret, step, when } from '../../machine/dsl.ts';
import { fn, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { xen_irq_lateeoi } from '../../kernel/events.ts';
import { storeMapped } from '../../kernel/mapped-memory.ts';
import { napi_schedule } from '../../kernel/napi.ts';
import { advance, type WithoutCheck } from '../../kernel/ring-macros.ts';
import { xenvif_poll, type EnableEvents } from './poll.ts';
import { backQueueSlot, eoiSlot, NETBACK } from './state.ts';
import { txWork } from './tx-ring.ts';

type Enable = EnableEvents & { work?: number; owed?: boolean; port?: number };

/**
 * Makes a final check for requests, which decides whether NAPI runs: if nothing is there, it asks to be
 * woken, and looks once more. When a poll ends with it and really nothing is there, the interrupt that
 * started the poll is ended.
 * @param without what it lacks in a scenario with a bug
 */
export function makeEnableEvents(name: string, info: FnInfo, without?: WithoutCheck): Fn<EnableEvents> {
  return fn<Enable, void, EnableEvents>(name, info, [
    step('count_requests', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    when((l) => l.work! > 0, [goto('more_to_do')]),
    ...(without === 'store'
      ? []
      : [
          step<Enable, void>('store_req_event', (c, l) => {
            c.enter();
            const { ring, indexes } = c.get(backQueueSlot(l.queue))!.tx!;
            const event = advance(indexes.req_cons, 1);
            storeMapped(c, ring, RING_HEADER.req_event, event);
            c.leave();
            c.note({
              kind: 'event-asked',
              kernel: 'dom0',
              ring: 'tx',
              queue: l.queue,
              field: 'req_event',
              event,
            });
          }),
        ]),
    ...(without === 'barrier' ? [] : [local<Enable, void>('full_barrier', (c) => c.fence())]),
    ...(without === 'recheck'
      ? []
      : [
          step<Enable, void>('count_requests_again', (c, l) => {
            l.work = txWork(c, l.queue);
            c.note({ kind: 'final-check', kernel: 'dom0', ring: 'tx', queue: l.queue, found: l.work });
          }),
        ]),
    when((l) => l.work! > 0, [goto('more_to_do')]),
    when((l) => l.polled === true, [
      step('take_eoi_pending', (c, l) => {
        c.enter();
        l.owed = c.get(eoiSlot('tx', l.queue)) === true;
        if (l.owed) c.set(eoiSlot('tx', l.queue), undefined);
        l.port = c.get(backQueueSlot(l.queue))!.tx_port!;
        c.leave();
      }),
      when((l) => l.owed === true, [
        enter(
          () => xen_irq_lateeoi,
          (l) => ({ kernel: 'dom0' as const, port: l.port!, spurious: false }),
        ),
      ]),
    ]),
    ret(),
    mark('more_to_do'),
    call(
      'schedule_napi',
      () => napi_schedule,
      (l) => ({ kernel: 'dom0' as const, poll: xenvif_poll.name, queue: l.queue }),
    ),
    ret(),
  ]);
}

/**
 * Looks for requests once more after asking to be woken: the final check, which decides whether NAPI runs.
 */
export const xenvif_napi_schedule_or_enable_events = makeEnableEvents(
  'xenvif_napi_schedule_or_enable_events',
  linux('dom0', NETBACK, 'xenvif_napi_schedule_or_enable_events', { line: 166 }),
);
