import { call, local, ret, step, when } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { xen } from '../kernel/cite.ts';
import { shutdownSlot, stopGuest, xc_domain_destroy, xc_domain_restore } from '../kernel/domctl.ts';
import { jobDone } from '../kernel/jobs.ts';
import { xsRemove, xsWrite } from '../kernel/xs.ts';
import { libxl__initiate_device_generic_remove } from './toolstack-remove.ts';
import { libxl__device_add_async } from './toolstack.ts';

/** Whole domains: destroyed, or saved and restored. */

const DOMAIN = 'tools/libs/light/libxl_domain.c';

/**
 * `xl destroy`: the domain is paused, its devices are removed by force, and only then is it destroyed in Xen. `xenFirst`:
 * it is gone from Xen already when its devices are looked after.
 */
export const libxl_domain_destroy = fn<{ xenFirst: boolean }>(
  'libxl_domain_destroy',
  xen('toolstack', DOMAIN, 'libxl__destroy_domid', {
    line: 1168,
    shown: 'libxl_domain_destroy',
    departs: 'ours: that Xen comes first after a crash; libxl removes devices first, and is refused by nobody',
  }),
  [
    when(
      (l) => l.xenFirst,
      [
        call('destroy_in_xen_first', () => xc_domain_destroy, () => ({})),
        call('remove_devices_after', () => libxl__initiate_device_generic_remove, () => ({ force: true })),
      ],
      [
        step('pause_domain', (c) => stopGuest(c, 'paused')),
        call('remove_devices', () => libxl__initiate_device_generic_remove, () => ({ force: true })),
        call('destroy_in_xen', () => xc_domain_destroy, () => ({})),
      ],
    ),
    step('remove_domain_path', (c) => xsRemove(c, 'libxl', '/local/domain/5')),
    step('remove_libxl_path', (c) => xsRemove(c, 'libxl', '/libxl/5')),
    local('destroy_done', () => {}),
    jobDone('toolstack'),
    ret(),
  ],
);

/** `xl save` and `xl restore`, as the guest's network sees them. */
export const save_restore = fn<object>(
  'save_restore',
  xen('toolstack', 'tools/libs/light/libxl_dom_suspend.c', 'domain_suspend_callback_common', {
    line: 145,
    shown: 'xl save and restore',
    departs: 'ours: saved and restored in one go, on the same machine, under the same number',
  }),
  [
    step('request_suspend', (c) => {
      xsWrite(c, 'libxl', '/local/domain/5/control/shutdown', 'suspend');
    }),
    step('wait_for_suspended', () => {}, { ready: (c) => c.get(shutdownSlot) === 'suspend' }),
    call('remove_old_devices', () => libxl__initiate_device_generic_remove, () => ({ force: true })),
    call('restore_domain', () => xc_domain_restore, () => ({})),
    call('add_devices', () => libxl__device_add_async, () => ({ within: true as const })),
    step('unpause', (c) => c.set(shutdownSlot, undefined)),
    local('restore_done', () => {}),
    jobDone('toolstack'),
    ret(),
  ],
);
