import {
  enable_events_without_barrier,
  enable_events_without_recheck,
  enable_events_without_store,
  make_tx_response_beyond,
} from '../drivers/netback/bugs.ts';
import { setup_grant_twice, watch_otherend_after_read, xennet_remove_revoking } from '../drivers/netfront/bugs.ts';
import { netback_changed_too_early } from '../drivers/netfront/connect.ts';
import { transactionConflict } from './acts/faults-keys.ts';
import { unbindFrontend } from './acts/lifecycle.ts';
import { sendFromGuest } from './acts/traffic.ts';
import { cast, guestFirst, naturalOrder, storyFirst } from './cast.ts';
import { connectedWorld } from './connected.ts';
import { DEFAULTS, HANDSHAKE_CHAPTERS, netifMultipage } from './netif-multipage.ts';
import type { Config, Scenario } from './scenario.ts';
import { buildWorld, type Differences } from './world.ts';

const ONE_PAGE: Config = { ...DEFAULTS, txPages: 1, rxPages: 1 };
/** Whoever may find out, on the guest's way out, that a store is not yet where it was thought to be. */
const BUFFERED = ['domU userspace', 'dom0 softirq'];

type About = Pick<Scenario, 'id' | 'title' | 'summary' | 'reference'> & Partial<Scenario>;

/** A bug in how the two ends meet: the handshake from its beginning. */
function inTheHandshake(about: About, differences: Differences): Scenario {
  return {
    ...netifMultipage,
    acts: [],
    defaults: ONE_PAGE,
    chapters: HANDSHAKE_CHAPTERS,
    build: (config) => buildWorld(config, differences),
    ...about,
  };
}

/** A bug that shows once both ends are Connected. */
function fromConnected(about: About, differences: Differences): Scenario {
  return {
    threads: (config) => cast(config, differences.storeBuffers),
    acts: [],
    defaults: ONE_PAGE,
    chapters: [],
    build: (config) => connectedWorld(config, differences),
    schedule: naturalOrder,
    ...about,
  };
}

/** The guest sends so many packets, with a bug on their way. */
function onTheRings(about: About, packets: number, differences: Differences): Scenario {
  const story = Array.from({ length: packets }, () => sendFromGuest.id);
  return fromConnected({ question: 'traffic', ...about }, { ...differences, story });
}

export const bugs: readonly Scenario[] = [
  inTheHandshake(
    {
      id: 'bug-state-before-refs',
      title: 'Bug: Connected before the references',
      reference: 'linux 4',
      summary: 'A seeded bug: this frontend publishes Connected before its grant references. Some orders of events survive it, others do not.',
    },
    { netfrontHook: netback_changed_too_early.name },
  ),
  inTheHandshake(
    {
      id: 'bug-forgotten-eagain',
      title: 'Bug: EAGAIN taken for success',
      reference: 'linux 8.2 F8',
      summary:
        'A seeded bug: somebody else writes into netfront’s directory while its transaction is open. xenstored answers the commit with EAGAIN, nothing has been written, and the whole has to be made again. This netfront goes on as if it were done, and says Connected over keys that nobody can read.',
      schedule: storyFirst,
    },
    { forgetsEagain: true, story: [transactionConflict.id] },
  ),
  inTheHandshake(
    {
      id: 'bug-watch-after-read',
      title: 'Bug: the watch comes after the read',
      reference: 'linux 4',
      summary:
        'A seeded bug: netfront looks at its backend’s state, and only then registers its watch, whose first event it throws away as nothing new. If the backend says InitWait in between, nobody tells netfront, and both ends wait for each other for ever. That xenstored sends one event for every new watch is what makes the usual order safe.',
      schedule: guestFirst,
    },
    { netfrontWatch: watch_otherend_after_read.name },
  ),
  fromConnected(
    {
      id: 'bug-revoke-before-unmap',
      title: 'Bug: revoked before it is unmapped',
      reference: 'linux 7.4',
      summary:
        'A seeded bug: on its way out this netfront clears its ring entries and frees the pages first, and asks the backend to close afterwards. dom0 still has the pages mapped: what the guest puts there next, netback reads as a ring, and writes into.',
      question: 'lifecycle',
    },
    { story: [unbindFrontend.id], netfrontRemove: xennet_remove_revoking.name, handsOn: true, dropsWatches: true },
  ),
  onTheRings(
    {
      id: 'bug-missing-barrier',
      title: 'Bug: no full barrier in the final check',
      reference: 'linux 6.1',
      summary:
        'A seeded bug, for which processors have store buffers here: netback asks to be told of the next request, and looks once more. Without a full barrier in between, the second look may be made before the store can be seen. The guest publishes, still reads the old req_event, and rings no bell; netback sees nothing and sleeps.',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_barrier.name }, storeBuffers: BUFFERED },
  ),
  onTheRings(
    {
      id: 'bug-missing-final-check',
      title: 'Bug: no second look before sleeping',
      reference: 'linux 6.3',
      summary:
        'A seeded bug: netback finds its ring empty, asks to be told of the next request, and sleeps without looking once more. A request that came between the first look and the store of req_event was not announced, because nobody had asked for it yet; it lies there until something else rings.',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_recheck.name } },
  ),
  onTheRings(
    {
      id: 'bug-req-event-not-advanced',
      title: 'Bug: req_event is not moved on',
      reference: 'linux 6.1',
      summary:
        'A seeded bug: netback looks twice, but never moves req_event on. The guest compares the event with what it has just published, finds that nobody asked for that, and rings no bell. The first packet goes through, the second one stays.',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_store.name } },
  ),
  onTheRings(
    {
      id: 'bug-double-use-of-ref',
      title: 'Bug: one reference for two packets',
      reference: 'linux 6.2',
      summary:
        'A seeded bug: netfront takes a grant reference for a packet and leaves it in its pool, so the next packet takes it as well. Two requests now name one entry, which can permit one page only: the second packet overwrites the grant of the first, and the response to the first ends the grant of both.',
    },
    2,
    { netfrontOps: { setup_grant: setup_grant_twice.name } },
  ),
  onTheRings(
    {
      id: 'bug-response-out-of-range',
      title: 'Bug: a response beyond the ring',
      reference: 'linux 6.2',
      summary:
        'A seeded bug: this netback answers with an id that no slot has. netfront trusts nothing that comes from the shared page: it checks the id before it uses it as an index, and disables the device for further use. Without that check it would end a grant, and free a packet, that lie behind its arrays.',
    },
    1,
    { netbackOps: { tx_response: make_tx_response_beyond.name } },
  ),
];
