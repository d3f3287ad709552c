import type { Mirror } from '../mirror.ts';
import type { ActView, StageView } from '../view.ts';
import { claimsOf, handlesOf } from './claims.ts';
import { grantsView } from './grants.ts';
import { keep } from './keep.ts';
import { Now } from './now.ts';
import type { Moment } from './now.ts';
import { portsView } from './ports.ts';
import { pulsesView } from './pulses.ts';
import { ringsView } from './rings.ts';
import { DOMU } from './slots.ts';
import { sideView } from './sides.ts';
import { runningView, threadsView } from './threads.ts';
import { xenstoreView } from './xenstore.ts';

/**
 * What the stage draws of the mirror. `previous` is the view of the frame just before, of which every part that is
 * equal stays the same object; null to make everything anew, with an equal result. The frame's step led here and makes
 * things hot, as far as its list of changes goes (200); `acts` are what a person could do.
 */
export function stageView(
  mirror: Mirror, previous: StageView | null, frame: Moment, acts: readonly ActView[] = [],
): StageView {
  const now = new Now(mirror, frame);
  const claims = claimsOf(now);
  const handles = handlesOf(now);
  const threads = threadsView(now);
  return keep<StageView>(previous, {
    frontend: sideView(now, 'domU', threads),
    backend: sideView(now, 'dom0', threads),
    // It is gone once it has done its work.
    toolstack: threads.find(({ party, doing, running }) => party === 'toolstack' && (doing !== 'finished' || running))
      ?? null,
    running: runningView(now),
    rings: ringsView(now, claims, handles, previous?.rings ?? []),
    grants: grantsView(now, claims, handles, previous?.grants),
    xenstore: xenstoreView(now, previous?.xenstore),
    ports: portsView(now, previous?.ports),
    queues: {
      asked: now.get('netfront:params')?.max_queues ?? 1,
      made: now.get('netfront:info')?.num_queues ?? null,
    },
    guest: now.get(`xen:dying:${DOMU}`) ?? null,
    past: {
      // A queue outlives its rings, and has no references of its pool then.
      rings: now.isAnyGone('netfront:queue:') || now.get('netfront:queue:0')?.gref_tx.length === 0,
      mapped: now.isAnyGone(`xen:active:${DOMU}:`),
      ports: now.isAnyGone('xen:port:'),
    },
    pulses: pulsesView(now),
    acts,
  });
}
