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

type About = Pick<Scenario, 'id' | 'title' | 'reference'> & Partial<Scenario>;

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
    },
    { netfrontHook: netback_changed_too_early.name },
  ),
  inTheHandshake(
    {
      id: 'bug-forgotten-eagain',
      title: 'Bug: EAGAIN taken for success',
      reference: 'linux 8.2 F8',
      schedule: storyFirst,
    },
    { forgetsEagain: true, story: [transactionConflict.id] },
  ),
  inTheHandshake(
    {
      id: 'bug-watch-after-read',
      title: 'Bug: The watch comes after the read',
      reference: 'linux 4',
      schedule: guestFirst,
    },
    { netfrontWatch: watch_otherend_after_read.name },
  ),
  fromConnected(
    {
      id: 'bug-revoke-before-unmap',
      title: 'Bug: Revoked before it is unmapped',
      reference: 'linux 7.4',
      question: 'lifecycle',
    },
    { story: [unbindFrontend.id], netfrontRemove: xennet_remove_revoking.name, handsOn: true, dropsWatches: true },
  ),
  onTheRings(
    {
      id: 'bug-missing-barrier',
      title: 'Bug: No full barrier in the final check',
      reference: 'linux 6.1',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_barrier.name }, storeBuffers: BUFFERED },
  ),
  onTheRings(
    {
      id: 'bug-missing-final-check',
      title: 'Bug: No second look before sleeping',
      reference: 'linux 6.3',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_recheck.name } },
  ),
  onTheRings(
    {
      id: 'bug-req-event-not-advanced',
      title: 'Bug: req_event is not moved on',
      reference: 'linux 6.1',
    },
    2,
    { netbackOps: { enable_events: enable_events_without_store.name } },
  ),
  onTheRings(
    {
      id: 'bug-double-use-of-ref',
      title: 'Bug: One reference for two packets',
      reference: 'linux 6.2',
    },
    2,
    { netfrontOps: { setup_grant: setup_grant_twice.name } },
  ),
  onTheRings(
    {
      id: 'bug-response-out-of-range',
      title: 'Bug: A response beyond the ring',
      reference: 'linux 6.2',
    },
    1,
    { netbackOps: { tx_response: make_tx_response_beyond.name } },
  ),
];
