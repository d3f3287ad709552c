import { call, local, privately, ret, step, when } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { deviceOf, type OfDevice } from '../../kernel/xenbus-client.ts';
import { unregister_xenbus_watch } from '../../kernel/xenwatch.ts';
import { xsRemove } from '../../kernel/xs.ts';
import { backend_disconnect } from './disconnect.ts';
import { backendInfoSlot, NETBACK_INTERFACE, NETBACK_XENBUS, NETDEV, vifSlot } from './state.ts';

/** Drops the watch on hotplug-status, if it stands. From then on states are published when they are set. */
export const unregister_hotplug_status_watch = fn<OfDevice & { waits?: boolean; nodename?: string }, void, OfDevice>(
  'unregister_hotplug_status_watch',
  linux('dom0', NETBACK_XENBUS, 'unregister_hotplug_status_watch', { line: 652 }),
  [
    privately((c, l) => {
      l.waits = c.get(backendInfoSlot)!.have_hotplug_status_watch;
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
    }),
    when((l) => !l.waits, [ret()]),
    call('unwatch_hotplug_status', () => unregister_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: `${l.nodename}/hotplug-status`,
      callback: 'hotplug_status_changed',
    })),
    privately((c) => c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, have_hotplug_status_watch: false })),
    ret(),
  ],
);

/** The interface goes, and with it everything that knew vif5.0. */
const xenvif_free = fn<object>('xenvif_free', linux('dom0', NETBACK_INTERFACE, 'xenvif_free', {
  line: 841,
}), [
  lock('rtnl_lock', () => rtnl('dom0')),
  step('unregister_netdev', (c) => c.set(netdevSlot(NETDEV), undefined)),
  unlock('rtnl_unlock', () => rtnl('dom0')),
  step('free_netdev', (c) => c.set(vifSlot, undefined)),
  ret(),
]);

type Remove = OfDevice & { vif?: boolean; nodename?: string };

/** netback lets a device go. The state is left to the bus: it may be that a driver comes back and goes on. */
export const netback_remove = fn<Remove, void, OfDevice>(
  'netback_remove',
  linux('dom0', NETBACK_XENBUS, 'netback_remove', { line: 986 }),
  [
    privately((c, l) => {
      l.vif = c.get(backendInfoSlot)!.vif;
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
    }),
    call('unregister_hotplug_watch', () => unregister_hotplug_status_watch, (l) => ({ kernel: l.kernel, device: l.device })),
    step('rm_hotplug_status', (c, l) => xsRemove(c, l.kernel, `${l.nodename}/hotplug-status`)),
    when((l) => l.vif === true, [
      local('uevent_offline', (c, l) => c.note({ kind: 'uevent', action: 'offline', device: l.device })),
      call('disconnect', () => backend_disconnect, (l) => ({ kernel: l.kernel, device: l.device })),
      call('free_interface', () => xenvif_free, () => ({})),
    ]),
    privately((c) => c.set(backendInfoSlot, undefined)),
    ret(),
  ],
);
