import { refNotGranted, thirdPageBad } from './acts/faults-grants.ts';
import { badMac, missingRingKey, orderTooBig, refBeyondTable, transactionConflict, xenstoreDenied } from './acts/faults-keys.ts';
import { hotplugError, hotplugNever, noDriver } from './acts/faults-toolstack.ts';
import { evtchnRefused, maptrackFull, portTaken } from './acts/faults-xen.ts';
import type { Act } from './act.ts';
import { storyFirst } from './cast.ts';
import { DEFAULTS, HANDSHAKE_CHAPTERS, netifMultipage } from './netif-multipage.ts';
import type { Config, Scenario } from './scenario.ts';
import { buildWorld } from './world.ts';

interface Story {
  title: string;
  reference: string;
  /** Where the sliders stand otherwise than usual. */
  sliders?: Partial<Config>;
}

/** The handshake, in which one thing breaks by itself as soon as it can. */
function fault(act: Act, { title, reference, sliders = {} }: Story): Scenario {
  return {
    ...netifMultipage,
    id: `fault-${act.id}`,
    title: `Fault: ${title}`,
    reference,
    defaults: { ...DEFAULTS, ...sliders },
    chapters: [...HANDSHAKE_CHAPTERS, { id: 'fault', title: 'Something breaks', begins: `you#${act.id}` }],
    build: (config) => buildWorld(config, { story: [act.id] }),
    schedule: storyFirst,
  };
}

const ONE_PAGE: Partial<Config> = { txPages: 1, rxPages: 1 };

export const faultScenarios: readonly Scenario[] = [
  fault(refNotGranted, {
    title: 'A reference that permits nothing',
    reference: 'linux 8.1 B10',
    sliders: ONE_PAGE,
  }),
  fault(refBeyondTable, {
    title: 'A reference beyond the table',
    reference: 'linux 8.1 B11',
    sliders: ONE_PAGE,
  }),
  fault(thirdPageBad, {
    title: 'One bad page among four',
    reference: 'linux 5.3',
  }),
  {
    ...fault(thirdPageBad, {
      title: 'Only what stands before the failure is unmapped',
      reference: 'linux 5.3',
    }),
    // Links have called it so from the beginning.
    id: 'bug-unmap-first-failures',
    question: 'unwinding',
  },
  fault(missingRingKey, {
    title: 'A missing ring key',
    reference: 'linux 8.1 B7',
  }),
  fault(orderTooBig, {
    title: 'More pages than offered',
    reference: 'linux 8.1 B22',
  }),
  fault(badMac, {
    title: 'A backend without an address',
    reference: 'linux 8.1 B6',
  }),
  fault(transactionConflict, {
    title: 'A transaction that has to be done twice',
    reference: 'linux 8.2 F8',
  }),
  fault(evtchnRefused, {
    title: 'No event channels for the guest',
    reference: 'linux 8.2 F6',
  }),
  fault(portTaken, {
    title: 'The port is bound already',
    reference: 'linux 8.1 B14',
    sliders: ONE_PAGE,
  }),
  fault(maptrackFull, {
    title: 'No handle left to map with',
    reference: 'linux 8.1 B12',
    sliders: ONE_PAGE,
  }),
  fault(xenstoreDenied, {
    title: 'A directory that the guest may not write',
    reference: 'linux 8.2 F7',
  }),
  fault(hotplugNever, {
    title: 'A hotplug script that never ends',
    reference: 'linux 2.5',
  }),
  fault(hotplugError, {
    title: 'A hotplug script that fails',
    reference: 'linux 8.1 B23',
  }),
  fault(noDriver, {
    title: 'A backend without a driver',
    reference: 'linux 4.B',
  }),
];
