import type { PulseView, StageView } from '../view.ts';
import type { Now } from './now.ts';
import { partyOf } from './xenstore.ts';

/**
 * What the step sent: a watch that fired, to whoever watches; an event, through a port to the one it is bound to. Null
 * where it sent nothing.
 */
export function pulsesView({ step }: Pick<Now, 'step'>): StageView['pulses'] {
  if (step === null) return null;
  const sent: PulseView[] = [];
  for (const { kind, conn, path, op, caller, args } of step.effects) {
    if (kind === 'event' && typeof conn === 'string' && typeof path === 'string') {
      const to = partyOf(conn);
      if (to !== null) sent.push({ kind: 'watch', path, to });
    } else if (kind === 'xen' && op === 'send' && typeof caller === 'number') {
      const port = typeof args === 'object' && args !== null && 'port' in args ? args.port : null;
      if (typeof port === 'number') sent.push({ kind: 'event', dom: caller, port });
    }
  }
  return sent.length === 0 ? null : { step: step.n, sent };
}
