import type { Context } from '../machine/context.ts';
import { call, local, privately, ret, step, when } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { xen } from '../kernel/cite.ts';
import { netdevSlot } from '../kernel/kernel.ts';
import { armTimer, cancelTimer, ranOut } from '../kernel/timers.ts';
import { xsPeekUnsigned, xsWrite } from '../kernel/xs.ts';
import { BE, FE } from './toolstack-paths.ts';

const SCRIPT = 'tools/hotplug/Linux/vif-bridge';
/** It writes by itself, by xenstore-write, and not through libxl, which runs it. */
const SCRIPT_NAME = 'vif-bridge';
const TIMER = 'hotplug script';
const FORTY_SECONDS = 40_000;

/** How dom0's bridge is, when the script comes to it. Absent: all is well. */
export type Bridge = 'missing' | 'hangs';
export const bridgeSlot = slot<Bridge>('bridge:xenbr0', { guarded: true });

/**
 * netback says InitWait before its interface exists, and a script that were quicker than the kernel would fail. Scripts take
 * their time: this one begins when there is an interface, or none to come any more.
 */
function interfaceIsDue(c: Context): boolean {
  return c.get(netdevSlot('vif5.0')) !== undefined || xsPeekUnsigned(c, `${BE}/state`) !== 2 || ranOut(c, TIMER);
}

type Online = { bridge?: Bridge | null; ok?: boolean };

/** @returns whether the script ended well */
const vif_bridge = fn<Online, boolean, object>(
  SCRIPT_NAME,
  xen('toolstack', SCRIPT, 'online', {
    line: 80,
    shown: 'vif-bridge online',
    departs: 'it is never quicker than the kernel, which says InitWait before the interface exists',
  }),
  [
    local('set_link_down_and_mac', () => {}),
    step(
      'write_mtu',
      (c) => {
        xsWrite(c, SCRIPT_NAME, `${FE}/mtu`, '1500');
      },
      { ready: interfaceIsDue },
    ),
    local('add_to_bridge', (c, l) => {
      l.bridge = c.get(bridgeSlot) ?? null;
    }),
    when((l) => l.bridge === 'hangs', [
      step('hang', () => {}, { ready: (c) => ranOut(c, TIMER) }),
      ret(() => false),
    ]),
    when((l) => l.bridge === null, [
      // A system call: userspace links with no driver, so the kernel's function goes by its name.
      call(
        'ip_link_set_up',
        () => functionNamed<object, boolean>('xenvif_open'),
        () => ({}),
        (l, ok) => {
          l.ok = ok;
        },
      ),
    ]),
    when((l) => l.bridge !== null || !l.ok, [
      step('write_hotplug_error', (c, l) => {
        const text = l.bridge === null ? '/etc/xen/scripts/vif-bridge failed; error detected.' : 'Could not find bridge device xenbr0';
        xsWrite(c, SCRIPT_NAME, `${BE}/hotplug-error`, text);
      }),
      step('write_status_error', (c) => {
        xsWrite(c, SCRIPT_NAME, `${BE}/hotplug-status`, 'error');
      }),
      ret(() => false),
    ]),
    step('write_hotplug_status', (c) => {
      xsWrite(c, SCRIPT_NAME, `${BE}/hotplug-status`, 'connected');
    }),
    ret(() => true),
  ],
);

/** The script's other half. By now the interface may be gone: that is no error here. */
const vif_bridge_offline = fn<object, boolean>(
  'vif-bridge (offline)',
  xen('toolstack', SCRIPT, 'offline', { line: 85, shown: 'vif-bridge offline' }),
  [local('remove_from_bridge', () => {}), ret(() => true)],
);

const SCRIPTS = { online: vif_bridge, offline: vif_bridge_offline } as const;

type Hotplug = { action: 'online' | 'offline' };

/** Runs the hotplug script, for 40 seconds at most. @returns whether it ended well */
export const device_hotplug = fn<Hotplug & { ok?: boolean }, boolean, Hotplug>(
  'device_hotplug',
  xen('toolstack', 'tools/libs/light/libxl_device.c', 'device_hotplug', { line: 1216 }),
  [
    privately((c) => armTimer(c, TIMER, FORTY_SECONDS)),
    call(
      'run_script',
      (l) => SCRIPTS[l.action],
      () => ({}),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    privately((c) => cancelTimer(c, TIMER)),
    ret((l) => l.ok!),
  ],
);
