import {
  bindFrontend,
  crashGuest,
  LIFECYCLE_ACTS,
  networkDetach,
  networkDetachForced,
  saveRestore,
  unbindFrontend,
} from './acts/lifecycle.ts';
import { TRAFFIC_ACTS } from './acts/traffic.ts';
import { cast, naturalOrder, storyFirst } from './cast.ts';
import { connectedWorld } from './connected.ts';
import { DEFAULTS, HANDSHAKE_CHAPTERS } from './netif-multipage.ts';
import type { ChapterSpec, Config, Scenario } from './scenario.ts';

const SMALL: Config = { ...DEFAULTS, txPages: 1, rxPages: 1 };

interface Spec {
  id: string;
  title: string;
  reference: string;
  /** Acts that it takes by itself, in order. */
  story: readonly string[];
  /** Who besides xenwatch has to do with the guest's device (see Differences). */
  hands?: 'bind' | 'destroy';
  chapters: readonly ChapterSpec[];
  /** The step of the handshake before which it begins; at its end, if not given. */
  from?: string;
}

function lifecycle({ id, title, reference, story, hands, chapters, from }: Spec): Scenario {
  return {
    id,
    title,
    reference,
    defaults: SMALL,
    threads: (config) => cast(config),
    question: 'lifecycle',
    acts: [...LIFECYCLE_ACTS, ...TRAFFIC_ACTS],
    chapters,
    build: (config) =>
      connectedWorld(config, { story, handsOn: hands !== undefined, dropsWatches: hands === 'bind' }, from),
    schedule: from === undefined ? naturalOrder : storyFirst,
  };
}

const BACKEND_LETS_GO: ChapterSpec = { id: 'backend-lets-go', title: 'The backend lets go', begins: 'set_backend_state#backend_disconnect' };
const BACKEND_UNMAPS: ChapterSpec = { id: 'backend-unmaps', title: 'The rings are unmapped', begins: 'xenvif_unmap_frontend_rings#find_rings' };
const GRANTS_END: ChapterSpec = { id: 'grants-end', title: 'The guest takes its grants back', begins: 'xennet_disconnect_backend#netif_carrier_off' };

/** Those chapters of the handshake, for when it happens again. */
function again(from: string): readonly ChapterSpec[] {
  return HANDSHAKE_CHAPTERS.slice(HANDSHAKE_CHAPTERS.findIndex(({ id }) => id === from));
}

const TOOLSTACK_AGAIN = HANDSHAKE_CHAPTERS.filter(({ id }) => ['toolstack', 'backend-found', 'backend-offers', 'hotplug'].includes(id));

export const closeUnplug = lifecycle({
  id: 'close-unplug',
  title: 'Unplug: xl network-detach',
  reference: 'linux 7.1',
  story: [networkDetach.id],
  chapters: [
    { id: 'detach', title: 'The toolstack asks', begins: 'you#network-detach' },
    { id: 'frontend-closes', title: 'The frontend says Closed', begins: 'netback_changed#xenbus_frontend_closed' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    { id: 'backend-removed', title: 'The backend device goes', begins: 'frontend_changed#device_unregister' },
    { id: 'directories-removed', title: 'The directories are removed', begins: 'libxl__device_destroy#begin_transaction' },
    { id: 'frontend-removed', title: 'The frontend device goes', begins: 'xenbus_cleanup_devices#device_unregister' },
    GRANTS_END,
  ],
});

export const closeForced = lifecycle({
  id: 'close-forced',
  title: 'Unplug by force',
  reference: 'linux 7.1',
  story: [networkDetachForced.id],
  chapters: [
    { id: 'detach', title: 'The frontend’s directory vanishes', begins: 'you#network-detach-force' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    { id: 'backend-removed', title: 'The backend device goes', begins: 'frontend_changed#device_unregister' },
    { id: 'directories-removed', title: 'What is left is removed', begins: 'libxl__device_destroy#begin_transaction' },
    { id: 'frontend-removed', title: 'The frontend device goes', begins: 'xenbus_cleanup_devices#device_unregister' },
    GRANTS_END,
  ],
});

export const closeUnbind = lifecycle({
  id: 'close-unbind',
  title: 'Unbind in the guest',
  reference: 'linux 7.4',
  story: [unbindFrontend.id],
  hands: 'bind',
  chapters: [
    { id: 'unbind', title: 'netfront is unbound', begins: 'you#unbind-frontend' },
    { id: 'frontend-closing', title: 'The frontend says Closing', begins: 'xennet_bus_close#switch_to_closing' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    { id: 'frontend-closed', title: 'The frontend says Closed', begins: 'xennet_bus_close#switch_to_closed' },
    GRANTS_END,
  ],
});

export const reconnectUnbindBind = lifecycle({
  id: 'reconnect-unbind-bind',
  title: 'Unbind, and bind again',
  reference: 'linux 7.4',
  story: [unbindFrontend.id, bindFrontend.id],
  hands: 'bind',
  chapters: [
    { id: 'unbind', title: 'netfront is unbound', begins: 'you#unbind-frontend' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    GRANTS_END,
    { id: 'bind', title: 'netfront is bound again', begins: 'you#bind-frontend' },
    ...again('negotiation'),
  ],
});

export const closeCrash = lifecycle({
  id: 'close-crash',
  title: 'The guest crashes',
  reference: 'linux 7.5',
  story: [crashGuest.id],
  hands: 'destroy',
  chapters: [
    { id: 'crash', title: 'The guest stops', begins: 'you#crash-guest' },
    { id: 'xen-destroys', title: 'Xen destroys the domain', begins: 'domain_kill#set_dying' },
    { id: 'keys-vanish', title: 'Its keys vanish', begins: 'destroy_domain#release_domain' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    { id: 'directories-removed', title: 'What is left is removed', begins: 'libxl__device_destroy#begin_transaction' },
  ],
});

export const reconnectResume = lifecycle({
  id: 'reconnect-resume',
  title: 'Save and restore',
  reference: 'linux 7.6',
  story: [saveRestore.id],
  chapters: [
    { id: 'save', title: 'The toolstack asks', begins: 'you#save-restore' },
    { id: 'suspend', title: 'The guest suspends', begins: 'shutdown_handler#acknowledge' },
    BACKEND_LETS_GO,
    BACKEND_UNMAPS,
    { id: 'restore', title: 'Fresh tables', begins: 'xc_domain_restore#fresh_tables' },
    ...TOOLSTACK_AGAIN,
    { id: 'resume', title: 'The guest wakes up', begins: 'do_suspend#come_back' },
    GRANTS_END,
    ...again('negotiation'),
  ],
});

export const closeEarly = lifecycle({
  id: 'close-early',
  title: 'Unplug in the middle of connecting',
  reference: 'linux 7.1',
  story: [networkDetach.id],
  from: 'netback_changed#xennet_connect',
  chapters: [
    { id: 'detach', title: 'The toolstack asks, too early', begins: 'you#network-detach' },
    ...again('negotiation').slice(0, 1),
    { id: 'frontend-closes', title: 'The frontend says Closed', begins: 'netback_changed#xenbus_frontend_closed' },
    { id: 'frontend-removed', title: 'The frontend device goes', begins: 'xenbus_cleanup_devices#device_unregister' },
    GRANTS_END,
  ],
});

/** Scenarios in which a vif goes, and those in which it comes back. */
export const lifecycleScenarios: readonly Scenario[] = [
  closeUnplug,
  closeUnbind,
  closeCrash,
  closeForced,
  closeEarly,
  reconnectUnbindBind,
  reconnectResume,
];
