import { EVTCHN_2L_NR_CHANNELS } from '../../abi/event-channel.ts';
import { Machine, type Thread } from '../machine/machine.ts';
import { bootedGnttab, gnttabSlot } from '../kernel/grant-alloc.ts';
import { xen_evtchn_do_upcall } from '../kernel/events.ts';
import { CONNECTION, DOMID, type KernelName } from '../kernel/kernel.ts';
import { BUS, driverSlot, backend_changed, frontend_bus_changed } from '../kernel/xenbus-probe.ts';
import { ringOpsSlot } from '../kernel/xenbus-ring.ts';
import { plantBusWatch, xenbus_thread, xenwatch_thread } from '../kernel/xenwatch.ts';
import { netback_probe } from '../drivers/netback/probe.ts';
import { guestRxThread } from '../drivers/netback/rings.ts';
import { netbackParamsSlot } from '../drivers/netback/state.ts';
import { frontend_changed } from '../drivers/netback/states.ts';
import { netback_changed, netback_changed_too_early, xennet_open } from '../drivers/netfront/connect.ts';
import { netfront_probe } from '../drivers/netfront/probe.ts';
import { netfrontParamsSlot, ringGfn } from '../drivers/netfront/state.ts';
import { libxl__device_add_async } from '../drivers/toolstack.ts';
import { createDomain } from '../xen/domain.ts';
import { reservePort, setMask } from '../xen/event-channel.ts';
import { showMemory } from '../xen/memory-map.ts';
import { connect, plant } from '../xenstore/server.ts';
import type { ChapterSpec, Config, Scenario, ThreadSpec } from './scenario.ts';

const PORTS_TAKEN: Readonly<Record<KernelName, number>> = { dom0: 20, domU: 10 };

function threads(config: Config): readonly ThreadSpec[] {
  const guestRx = Array.from({ length: config.queues }, (_, i): ThreadSpec => ({ name: guestRxThread(i), party: 'dom0' }));
  return [
    { name: 'toolstack', party: 'toolstack' },
    { name: 'dom0 xenbus', party: 'dom0' },
    { name: 'dom0 xenwatch', party: 'dom0' },
    { name: 'dom0 interrupts', party: 'dom0' },
    ...guestRx,
    { name: 'domU xenbus', party: 'domU' },
    { name: 'domU xenwatch', party: 'domU' },
    { name: 'domU userspace', party: 'domU' },
  ];
}

/** Both kernels have booted, their drivers are registered, their bus watches stand; the vif does not exist yet. */
function build(config: Config, netfrontHook: string): Machine {
  const machine = new Machine(threads(config).map((thread) => thread.name));
  const domain = { vcpus: 8, maxMaptrackFrames: 1024, maxPort: 1023 };
  createDomain(machine, { ...domain, id: DOMID.dom0, kind: config.backend, maxGrantFrames: 64 });
  createDomain(machine, { ...domain, id: DOMID.domU, kind: 'pvh', maxGrantFrames: config.maxGrantFrames });
  showMemory(machine, DOMID.dom0);
  showMemory(machine, DOMID.domU, ringGfn(0), config.queues * (config.txPages + config.rxPages));
  for (const kernel of ['dom0', 'domU'] as const) {
    for (let port = 1; port <= PORTS_TAKEN[kernel]; port++) reservePort(machine, DOMID[kernel], port);
    for (let port = 0; port < EVTCHN_2L_NR_CHANNELS; port++) setMask(machine, DOMID[kernel], port, true);
  }
  for (const client of ['dom0', 'domU', 'libxl'] as const) connect(machine, CONNECTION[client]);
  plantBaseTree(machine);
  plantBusWatch(machine, 'dom0', BUS.dom0.root, backend_changed.name);
  plantBusWatch(machine, 'domU', BUS.domU.root, frontend_bus_changed.name);
  machine.set(driverSlot('dom0'), { name: 'netback', probe: netback_probe.name, otherend_changed: frontend_changed.name });
  machine.set(driverSlot('domU'), { name: 'netfront', probe: netfront_probe.name, otherend_changed: netfrontHook });
  machine.set(ringOpsSlot, config.backend === 'pv' ? 'pv' : 'hvm');
  machine.set(gnttabSlot, bootedGnttab(config.maxGrantFrames));
  machine.set(netbackParamsSlot, {
    max_queues: config.queues,
    max_tx_order: Math.log2(config.txPages),
    max_rx_order: Math.log2(config.rxPages),
  });
  machine.set(netfrontParamsSlot, { max_queues: config.queues });
  machine.spawn('toolstack', libxl__device_add_async, {});
  for (const kernel of ['dom0', 'domU'] as const) {
    machine.spawn(`${kernel} xenbus`, xenbus_thread, { kernel });
    machine.spawn(`${kernel} xenwatch`, xenwatch_thread, { kernel });
  }
  machine.spawn('dom0 interrupts', xen_evtchn_do_upcall, { kernel: 'dom0' });
  machine.spawn('domU userspace', xennet_open, {});
  return machine;
}

/** What libxl made when it built the domains (reference xen 6.6). */
function plantBaseTree(machine: Machine): void {
  plant(machine, '/local/domain/0', '', ['n0']);
  plant(machine, '/local/domain/0/backend', '', ['n0']);
  plant(machine, '/local/domain/0/error', '', ['n0']);
  plant(machine, '/local/domain/5', '', ['n0', 'r5']);
  plant(machine, '/local/domain/5/device', '', ['n0', 'r5']);
  plant(machine, '/local/domain/5/error', '', ['n5']);
  plant(machine, '/libxl/5/device', '', ['n0']);
}

/** The natural order: whoever runs goes on until it sleeps; a thread just made for a queue goes first. */
const ORDER: readonly (string | RegExp)[] = [
  /guest-rx$/,
  'dom0 interrupts',
  'dom0 xenbus',
  'dom0 xenwatch',
  'toolstack',
  'domU xenbus',
  'domU xenwatch',
  'domU userspace',
];

function rank(thread: Thread): number {
  return ORDER.findIndex((name) => (typeof name === 'string' ? name === thread.name : name.test(thread.name)));
}

function schedule(enabled: readonly Thread[], last: Thread | undefined): Thread {
  const first = enabled.reduce((best, thread) => (rank(thread) < rank(best) ? thread : best));
  if (rank(first) === 0 || !last || !enabled.includes(last)) return first;
  return last;
}

const CHAPTERS: readonly ChapterSpec[] = [
  { id: 'toolstack', title: 'The toolstack writes', begins: 'libxl__device_add_async#transaction_start' },
  { id: 'backend-found', title: 'The backend is found', begins: 'xenbus_probe_node#read_state' },
  { id: 'backend-offers', title: 'The backend offers', begins: 'netback_probe#alloc_backend_info' },
  { id: 'hotplug', title: 'The hotplug script', begins: 'libxl__device_add_async#run_hotplug' },
  { id: 'frontend-found', title: 'The frontend is found', begins: 'netfront_probe#create_dev' },
  { id: 'negotiation', title: 'The frontend reads the offer', begins: 'xennet_connect#read_feature_rx_copy' },
  { id: 'references', title: 'References are reserved', begins: 'xennet_create_queues#init_queue' },
  { id: 'rings', title: 'Rings are made and granted', begins: 'setup_netfront#setup_tx_ring' },
  { id: 'published', title: 'The keys are published', begins: 'talk_to_netback#transaction_start' },
  { id: 'buffers', title: 'Receive buffers are posted', begins: 'xennet_connect#register_netdev' },
  { id: 'frontend-connected', title: 'The frontend says Connected', begins: 'netback_changed#switch_to_connected' },
  { id: 'backend-connects', title: 'The backend reads the keys', begins: 'backend_connect#connect' },
  { id: 'connect-rings', title: 'connect_rings', begins: 'connect#connect_rings' },
  { id: 'mapping', title: 'Xen maps the rings', begins: 'xenvif_connect#map_rings' },
  { id: 'ports', title: 'The event channels are bound', begins: 'xenvif_connect#bind_tx_port' },
  { id: 'backend-connected', title: 'The backend says Connected', begins: 'hotplug_status_changed#read_hotplug_status' },
  { id: 'ready', title: 'The link comes up', begins: 'netback_changed#netdev_notify_peers' },
];

const DEFAULTS: Config = { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' };

export const netifMultipage: Scenario = {
  id: 'netif-multipage',
  title: 'netif, multi-page rings',
  summary:
    'A guest and dom0 come to share their network rings. A composite: the flow of Linux 6.12 with the page-order keys of a 2012 tree; multi-page netif was proposed and never merged.',
  defaults: DEFAULTS,
  threads,
  chapters: CHAPTERS,
  build: (config) => build(config, netback_changed.name),
  schedule,
};

export const bugStateBeforeRefs: Scenario = {
  ...netifMultipage,
  id: 'bug-state-before-refs',
  title: 'Bug: Connected before the references',
  summary: 'A seeded bug: this frontend publishes Connected before its grant references. Some orders of events survive it, others do not.',
  defaults: { ...DEFAULTS, txPages: 1, rxPages: 1 },
  build: (config) => build(config, netback_changed_too_early.name),
};


