import type { Act } from '../act.ts';
import { refNotGranted, thirdPageBad } from './faults-grants.ts';
import { badMac, missingRingKey, orderTooBig, refBeyondTable, thirdRefWrong, transactionConflict, xenstoreDenied } from './faults-keys.ts';
import { hotplugError, hotplugNever, noDriver } from './faults-toolstack.ts';
import { evtchnRefused, maptrackFull, portTaken } from './faults-xen.ts';

/** Everything that can be made to break, in the order in which it is offered. */
export const FAULTS: readonly Act[] = [
  refNotGranted,
  refBeyondTable,
  thirdPageBad,
  thirdRefWrong,
  missingRingKey,
  orderTooBig,
  badMac,
  transactionConflict,
  evtchnRefused,
  portTaken,
  maptrackFull,
  xenstoreDenied,
  hotplugNever,
  hotplugError,
  noDriver,
];
