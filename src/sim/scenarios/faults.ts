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
  /** A paragraph: what breaks, what each side sees, how it ends, why it is worth knowing. */
  summary: string;
  reference: string;
  /** Where the sliders stand otherwise than usual. */
  sliders?: Partial<Config>;
}

/** The handshake, in which one thing breaks by itself as soon as it can. */
function fault(act: Act, { title, summary, reference, sliders = {} }: Story): Scenario {
  return {
    ...netifMultipage,
    id: `fault-${act.id}`,
    title: `Fault: ${title}`,
    summary,
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
    title: 'a reference that permits nothing',
    reference: 'linux 8.1 B10',
    sliders: ONE_PAGE,
    summary:
      'The guest clears the flags of the entry behind its TX ring, after it granted the page and before dom0 maps it; the number that it publishes is still a good number. Xen finds an entry that permits nothing and answers -1, “general error”, and netback writes that down; but the mapping function returns -ENOENT whatever Xen said, and the second report, which says 2, overwrites the first in the error node. Then comes the trap: connect() returns nothing to its caller, which goes on and publishes Connected over the Closing of the error. Both sides end at 4, and no ring is mapped. Whoever debugs this from xenstore alone sees two happy drivers and an error of 2; the true reason stands only in dom0’s log.',
  }),
  fault(refBeyondTable, {
    title: 'a reference beyond the table',
    reference: 'linux 8.1 B11',
    sliders: ONE_PAGE,
    summary:
      'The published tx-ring-ref names an entry that the guest’s table does not have. Xen compares the number with the size of the table before it looks at any entry, so the answer is -3, “bad reference”, where a revoked entry gives -1: from the code in dom0’s log one can tell a wrong number from a wrong grant. Everything else is the same: the error node ends with the second, overwritten text, the backend shows 5 for a moment and then 4, and the frontend is Connected to nothing.',
  }),
  fault(thirdPageBad, {
    title: 'one bad page among four',
    reference: 'linux 5.3',
    summary:
      'Of the four pages of the TX ring the third has been revoked. dom0 asks Xen for all four in one batch, and Xen works through all of it: two pages are mapped, the third fails, the fourth is mapped. The kernel reads the answers in order, stops at the first bad one, and unmaps what stands before it. What stands behind it was never written down: the handle of the fourth page is lost, its entry keeps the marks for reading and writing, and the guest cannot end that grant while the backend domain lives. This is the named leak. It cannot happen to the netif that was merged, which maps one page a ring; it can to whoever maps several.',
  }),
  {
    ...fault(thirdPageBad, {
      title: 'only what stands before the failure is unmapped',
      reference: 'linux 5.3',
      summary:
        'The same bad page, as the checker sees it. This is a bug, and none that we seeded: the unwinding of __xenbus_map_ring as Linux 6.12 has it. The third of four pages is bad; what stands before it is unmapped, what stands behind it was mapped in the same batch and is forgotten. Its handle, its pin and the marks in its entry stay until dom0 ends. The checker asks that nothing stays mapped of a ring that is not mapped whole, and finds that something does.',
    }),
    // Links have called it so from the beginning.
    id: 'bug-unmap-first-failures',
    question: 'unwinding',
  },
  fault(missingRingKey, {
    title: 'a missing ring key',
    reference: 'linux 8.1 B7',
    summary:
      'Between the frontend’s commit and the backend’s reading, somebody in the guest removes the first TX ring key. netback cannot gather the references, reports 2 “reading … ring-ref” (a key of that name does not exist, the text is older than the keys), and gives the queues up before it has mapped anything. The backend publishes Closing and at once Connected, because the caller of connect() does not learn that it failed. Nothing leaks; nothing works either.',
  }),
  fault(orderTooBig, {
    title: 'more pages than offered',
    reference: 'linux 8.1 B22',
    summary:
      'The guest asks for a TX ring twice as large as the largest that the backend offered. netback compares the order with its own limit before it reads a single reference, and answers 22, invalid argument. The message names tx-ring-page-order; the key is called tx-ring-order. It is a message of the multi-page tree of 2012, wrong name included, and a reminder that a limit has to be checked by the side that it protects: netfront, which adopts whatever is advertised, never asks for too much by itself.',
  }),
  fault(badMac, {
    title: 'a backend without an address',
    reference: 'linux 8.1 B6',
    summary:
      'Somebody in dom0 overwrites the MAC address in the backend’s directory with a word. netfront has an address of its own in its own directory and notices nothing. netback reads its copy when it connects, cannot parse it, reports 2, and returns before it has looked at a single key of the frontend. It is the earliest way in which connect() can fail, and it ends like all the others: 5 for a moment, then 4.',
  }),
  fault(transactionConflict, {
    title: 'a transaction that has to be done twice',
    reference: 'linux 8.2 F8',
    summary:
      'While netfront publishes its keys, somebody in dom0 writes a key of his own into the same directory. The new key changes the directory’s list of children, which netfront’s open transaction has changed too, and xenstored refuses the commit with EAGAIN: nothing of it is applied. netfront begins a new transaction and writes every key again; the rings, references and ports stay as they are. All ends well, and nobody logs anything. A conflict is no error but the price of doing without locks, and every user of transactions has this loop.',
  }),
  fault(evtchnRefused, {
    title: 'no event channels for the guest',
    reference: 'linux 8.2 F6',
    summary:
      'Xen’s policy lets this guest make no event channels. netfront asks for a port for each direction, is refused, and tries again with one for both, as it does for old backends: refused as well. It reports 1 “allocating event channel”, takes its rings back, whose grants nobody has used yet, and unregisters the device; no key was published, so netback hears only that the frontend is closing. Two attempts and one report: the log tells the last failure, not the first.',
  }),
  fault(portTaken, {
    title: 'the port is bound already',
    reference: 'linux 8.1 B14',
    sliders: ONE_PAGE,
    summary:
      'Before netback comes to it, another program in dom0 binds the port that netfront made for its TX ring. The rings are fine: netback maps both, starts the queue’s threads, which even say that the guest is ready, and only then fails to bind, with 22. It stops the threads, unmaps the rings, and reports references and ports in one line. Then the backend is Connected all the same, as after every failed connect. What is bound stays bound: netfront’s notifications go to a program that knows nothing about rings.',
  }),
  fault(maptrackFull, {
    title: 'no handle left to map with',
    reference: 'linux 8.1 B12',
    sliders: ONE_PAGE,
    summary:
      'dom0 holds so many foreign pages that Xen has no maptrack handle left for it. The guest has done everything right, and yet the map of its ring fails, with -13: Xen looks for a handle before it looks at the entry, so no mark is set in the guest’s table. The message in dom0’s log names page and guest and thereby points at the wrong one; only the number 13 tells that the backend domain ran out of something.',
  }),
  fault(xenstoreDenied, {
    title: 'a directory that the guest may not write',
    reference: 'linux 8.2 F7',
    summary:
      'Somebody in dom0 has taken the guest’s directory from it: new keys there are dom0’s alone to make. netfront has its rings and ports ready and opens its transaction; the first key already is refused with EACCES. It reports 13 and the name of the key, abandons the transaction, takes back everything it made, and unregisters the device. The node state and the error node have owners of their own, which is why the guest can still say that it closes, and why.',
  }),
  fault(hotplugNever, {
    title: 'a hotplug script that never ends',
    reference: 'linux 2.5',
    summary:
      'The script that puts vif5.0 on its bridge hangs, and never writes hotplug-status. The drivers do not need it to find each other: netfront connects, netback maps the rings and means to be Connected. But the key hotplug-status is there, and empty, and so netback keeps its state to itself and waits: the store goes on to say 2 while be->state is 4. After 40 seconds libxl gives the script up and reports that the device cannot be added. The guest has an eth0 with a carrier that leads nowhere, for ever, and no kernel has logged an error.',
  }),
  fault(hotplugError, {
    title: 'a hotplug script that fails',
    reference: 'linux 8.1 B23',
    summary:
      'There is no bridge to put vif5.0 on. The script writes hotplug-error with its words and hotplug-status = error, and ends; libxl fails the attach and leaves what it has written. netback is told nothing: it looks for exactly “connected”, finds another word, and waits on. The backend’s state stays 2 for ever, with the rings mapped and both drivers in good health. Whoever sees a frontend at 4 and a backend at 2 should read hotplug-error before any kernel log.',
  }),
  fault(noDriver, {
    title: 'a backend without a driver',
    reference: 'linux 4.B',
    summary:
      'The netback module is not loaded. xenbus in dom0 finds the new directory, makes a device of it, and there is nobody to drive it; the uevent that would have loaded the module changes nothing. The backend’s state stays 1. netfront, in the guest, is content with a backend that is neither closed nor gone, sets its watch, and waits for a 2 that never comes. libxl waits for the same 2, gives up after 10 seconds, and never runs the hotplug script. Nothing has failed, so nothing is logged: it is silence that has to be read.',
  }),
];
