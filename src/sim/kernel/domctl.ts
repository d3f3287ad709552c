import type { Context } from '../machine/context.ts';
import { call, enter, local, privately, ret, step } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { beginDying, closeAllPorts, releaseMappings, relinquish, renew } from '../xen/domain-death.ts';
import { releaseDomain, resetConnection } from '../xenstore/release.ts';
import { xen } from './cite.ts';
import { irqsSlot } from './events.ts';
import { CONNECTION, DOMID, netdevSlot } from './kernel.ts';
import { ringPagesSlot } from './pages.ts';
import { cancelTimer } from './timers.ts';
import { driverSlot } from './xenbus-bus.ts';
import { deviceSlot, onlyDevice } from './xenbus-client.ts';
import { forgetWatches } from './xenwatch.ts';

/** What the toolstack asks of Xen about domU as a whole, and what xenstored does when a domain dies. */

/** Why domU does not run: it shut down by itself, or was paused; undefined while it runs. */
export const shutdownSlot = slot<'crash' | 'suspend' | 'paused'>('xen:shutdown:5');

/** domU's threads: when its processors stop, so do they, wherever they are. */
const GUEST_THREADS = ['domU xenbus', 'domU xenwatch', 'domU interrupts', 'domU softirq', 'domU userspace'] as const;

/** Its processors run no more. One access. */
export function stopGuest(c: Context, why: 'crash' | 'paused'): void {
  c.enter();
  for (const thread of GUEST_THREADS) c.stop(thread);
  if (c.get(shutdownSlot) === undefined) c.set(shutdownSlot, why);
  c.leave();
  c.note({ kind: 'guest-stops', why });
}

/** What its kernel knew is gone with its memory; the pages that are mapped elsewhere are not. */
function forgetKernel(c: Context): void {
  c.set(deviceSlot('domU', onlyDevice('domU')), undefined);
  c.set(irqsSlot('domU'), undefined);
  c.set(netdevSlot('eth0'), undefined);
  forgetWatches(c, 'domU');
  c.set(ringPagesSlot, undefined);
  cancelTimer(c, 'gnttab deferred');
}

const domain_kill = fn<{ forget?: string }, void, object>('domain_kill', xen('xen', 'xen/common/domain.c', 'domain_kill', {
  line: 1307,
}), [
  step('set_dying', (c) => beginDying(c, DOMID.domU)),
  step('evtchn_destroy', (c) => {
    closeAllPorts(c, DOMID.domU);
  }),
  step('gnttab_release_mappings', (c) => {
    releaseMappings(c, DOMID.domU);
  }),
  step('relinquish_memory', (c) => {
    c.enter();
    const zombie = relinquish(c, DOMID.domU);
    forgetKernel(c);
    c.leave();
    c.note({ kind: 'domain-relinquished', domid: DOMID.domU, zombie });
  }),
  privately((c, l) => {
    l.forget = c.get(driverSlot('domU'))!.forget!;
  }),
  enter((l) => functionNamed<object>(l.forget!), () => ({})),
  ret(),
]);

/** xenstored hears of a death by the virtual interrupt DOM_EXC, and cleans up after the domain. */
const xenstored_destroy_domain = fn<object>(
  'destroy_domain',
  xen('xenstored', 'tools/xenstored/domain.c', 'destroy_domain', {
    line: 666,
    departs: 'the daemon runs by itself; here it comes to it before the toolstack goes on',
  }),
  [
    step('release_domain', (c) => {
      releaseDomain(c, CONNECTION.domU);
    }),
    ret(),
  ],
);

/** DOMCTL_destroydomain. */
export const xc_domain_destroy = fn<object>(
  'xc_domain_destroy',
  xen('toolstack', 'tools/libs/ctrl/xc_domain.c', 'xc_domain_destroy', { line: 86 }),
  [
    local('enter_domctl', () => {}),
    call('kill_domain', () => domain_kill, () => ({})),
    local('return_domctl', () => {}),
    call('xenstored_cleans_up', () => xenstored_destroy_domain, () => ({})),
    ret(),
  ],
);

/** A new incarnation of domU, with fresh tables and a fresh connection to xenstored. */
export const xc_domain_restore = fn<object>(
  'xc_domain_restore',
  xen('toolstack', 'tools/libs/guest/xg_sr_restore.c', 'xc_domain_restore', {
    line: 899,
    departs: 'ours: the domain keeps its number and its memory; a real restore builds a new domain and copies the pages',
  }),
  [
    step('fresh_tables', (c) => renew(c, DOMID.domU)),
    step('fresh_store_connection', (c) => resetConnection(c, CONNECTION.domU)),
    ret(),
  ],
);
