import { bridgeSlot, type Bridge } from '../../drivers/toolstack-hotplug.ts';
import { BE } from '../../drivers/toolstack.ts';
import { isArmed } from '../../kernel/timers.ts';
import { unloadedSlot } from '../../kernel/xenbus-bus.ts';
import type { Context } from '../../machine/context.ts';
import { act } from '../act.ts';
import { valueAt } from './sight.ts';

/** Why the bridge can make no difference to the hotplug script now; null if it can. */
function scriptRefusal(c: Context, wanted: Bridge): string | null {
  if (c.get(bridgeSlot) === wanted) return 'that is so already';
  if (isArmed(c, 'hotplug script')) return 'too late: the hotplug script runs already';
  return (valueAt(c, `${BE}/hotplug-status`) ?? '') === '' ? null : 'too late: the hotplug script has run';
}

/** The script neither fails nor ends: hotplug-status stays empty for ever. */
export const hotplugNever = act({
  id: 'hotplug-never',
  kind: 'fault',
  party: 'toolstack',
  title: 'Let the hotplug script hang',
  refusal: (c) => scriptRefusal(c, 'hangs'),
  run: (c) => c.set(bridgeSlot, 'hangs'),
});

/** B23: the script fails, and says so. */
export const hotplugError = act({
  id: 'hotplug-error',
  kind: 'fault',
  party: 'toolstack',
  title: 'Take dom0’s bridge away',
  refusal: (c) => scriptRefusal(c, 'missing'),
  run: (c) => c.set(bridgeSlot, 'missing'),
});

/** The backend's directory is made, its device found, and no driver is there for it. */
export const noDriver = act({
  id: 'no-driver',
  kind: 'fault',
  party: 'dom0',
  title: 'Unload netback',
  refusal: (c) => {
    if (c.get(unloadedSlot('dom0'))) return 'it is not loaded';
    return valueAt(c, BE) === null ? null : 'too late: netback may have the device already';
  },
  run: (c) => c.set(unloadedSlot('dom0'), true),
});
