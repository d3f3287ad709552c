import { netbackOpsSlot, type NetbackOps } from '../drivers/netback/ops.ts';
import { netback_probe } from '../drivers/netback/probe.ts';
import { netbackParamsSlot } from '../drivers/netback/state.ts';
import { frontend_changed } from '../drivers/netback/states.ts';
import { NETBACK_OPS } from '../drivers/netback/wiring.ts';
import { netback_changed, xennet_open } from '../drivers/netfront/connect.ts';
import { netfrontOpsSlot, type NetfrontOps } from '../drivers/netfront/ops.ts';
import { netback_remove } from '../drivers/netback/remove.ts';
import { netfront_forget } from '../drivers/netfront/release.ts';
import { netfront_resume, xennet_remove } from '../drivers/netfront/remove.ts';
import { netfront_probe } from '../drivers/netfront/probe.ts';
import { netfrontParamsSlot } from '../drivers/netfront/state.ts';
import { NETFRONT_OPS } from '../drivers/netfront/wiring.ts';
import { libxl__device_add_async } from '../drivers/toolstack.ts';
import { xen_evtchn_do_upcall } from '../kernel/events.ts';
import { bootedGnttab, gnttabSlot } from '../kernel/grant-alloc.ts';
import { CONNECTION, DOMID, type KernelName } from '../kernel/kernel.ts';
import { BUS, driverSlot } from '../kernel/xenbus-bus.ts';
import { backend_changed, frontend_bus_changed } from '../kernel/xenbus-probe.ts';
import { startJob } from '../kernel/jobs.ts';
import { ringGfn } from '../kernel/pages.ts';
import { shutdown_handler } from '../kernel/suspend.ts';
import { time_passes } from '../kernel/timers.ts';
import { ringOpsSlot } from '../kernel/xenbus-ring.ts';
import { othersDropWatchesSlot, plantBusWatch, xenbus_thread, xenwatch_thread } from '../kernel/xenwatch.ts';
import { Machine } from '../machine/machine.ts';
import { drainOf, store_buffer_drain } from '../machine/store-buffer.ts';
import { createDomain } from '../xen/domain.ts';
import { maskAll, reservePort } from '../xen/event-channel.ts';
import { showMemory } from '../xen/memory-map.ts';
import { connect, plant } from '../xenstore/server.ts';
import { STORY, story } from './act.ts';
import { cast } from './cast.ts';
import type { Config } from './scenario.ts';

const PORTS_TAKEN: Readonly<Record<KernelName, number>> = { dom0: 20, domU: 10 };

/** What a scenario may have otherwise than the plain handshake. */
export interface Differences {
  /** Unique names of the drivers' hooks for the other end's state. */
  netfrontHook?: string;
  netbackHook?: string;
  /** What netfront does with a device that goes, and how it hears of its backend, by unique name. */
  netfrontRemove?: string;
  netfrontWatch?: string;
  /** Does netfront take a transaction for done that has to be made again? */
  forgetsEagain?: boolean;
  /** Functions of the data path that are others, by unique name. */
  netfrontOps?: Partial<NetfrontOps>;
  netbackOps?: Partial<NetbackOps>;
  /** Acts that it takes by itself, by id. */
  story?: readonly string[];
  /** Does more than xenwatch have to do with domU's device: who binds and unbinds by hand, or who destroys the domain? */
  handsOn?: boolean;
  /** May somebody besides xenwatch drop a watch of domU's? */
  dropsWatches?: boolean;
  /** Threads whose stores to pages become visible late. */
  storeBuffers?: readonly string[];
  /** Threads that an act of the story waits for at a certain place. */
  watched?: readonly string[];
}

/** Both kernels have booted, their drivers are registered, their bus watches stand; the vif does not exist yet. */
export function buildWorld(config: Config, differences: Differences = {}): Machine {
  const { netfrontHook = netback_changed.name, netbackHook = frontend_changed.name, storeBuffers = [], watched = [] } = differences;
  const threads = cast(config, storeBuffers);
  const machine = new Machine(threads.map((thread) => ({ ...thread, watched: watched.includes(thread.name) })));
  const domain = { vcpus: 8, maxMaptrackFrames: 1024, maxPort: 1023 };
  createDomain(machine, { ...domain, id: DOMID.dom0, kind: config.backend, maxGrantFrames: 64 });
  createDomain(machine, { ...domain, id: DOMID.domU, kind: 'pvh', maxGrantFrames: config.maxGrantFrames });
  showMemory(machine, DOMID.dom0);
  showMemory(machine, DOMID.domU, ringGfn(0), config.queues * (config.txPages + config.rxPages));
  for (const kernel of ['dom0', 'domU'] as const) {
    for (let port = 1; port <= PORTS_TAKEN[kernel]; port++) reservePort(machine, DOMID[kernel], port);
    maskAll(machine, DOMID[kernel]);
  }
  for (const client of ['dom0', 'domU', 'libxl'] as const) connect(machine, CONNECTION[client]);
  plantBaseTree(machine);
  plantBusWatch(machine, 'dom0', BUS.dom0.root, backend_changed.name);
  plantBusWatch(machine, 'domU', BUS.domU.root, frontend_bus_changed.name);
  plantBusWatch(machine, 'domU', 'control/shutdown', shutdown_handler.name);
  machine.set(driverSlot('dom0'), {
    name: 'netback',
    probe: netback_probe.name,
    otherend_changed: netbackHook,
    remove: netback_remove.name,
    allow_rebind: true,
  });
  machine.set(driverSlot('domU'), {
    name: 'netfront',
    probe: netfront_probe.name,
    otherend_changed: netfrontHook,
    remove: differences.netfrontRemove ?? xennet_remove.name,
    ...(differences.netfrontWatch === undefined ? {} : { watch: differences.netfrontWatch }),
    resume: netfront_resume.name,
    forget: netfront_forget.name,
    allow_rebind: false,
  });
  machine.set(netfrontOpsSlot, { ...NETFRONT_OPS, ...differences.netfrontOps });
  machine.set(netbackOpsSlot, { ...NETBACK_OPS, ...differences.netbackOps });
  machine.set(ringOpsSlot, config.backend === 'pv' ? 'pv' : 'hvm');
  machine.set(gnttabSlot, bootedGnttab(config.maxGrantFrames));
  machine.set(netbackParamsSlot, {
    max_queues: config.queues,
    max_tx_order: Math.log2(config.txPages),
    max_rx_order: Math.log2(config.rxPages),
  });
  machine.set(netfrontParamsSlot, {
    max_queues: config.queues,
    ...(differences.forgetsEagain === true ? { forgets_eagain: true } : {}),
  });
  startJob(machine, 'toolstack', 'xl network-attach', libxl__device_add_async, {});
  for (const kernel of ['dom0', 'domU'] as const) {
    machine.spawn(`${kernel} xenbus`, xenbus_thread, { kernel });
    machine.spawn(`${kernel} xenwatch`, xenwatch_thread, { kernel });
  }
  machine.spawn('time', time_passes, {});
  machine.spawn('dom0 interrupts', xen_evtchn_do_upcall, { kernel: 'dom0' });
  startJob(machine, 'domU userspace', 'ip link set eth0 up', xennet_open, {});
  machine.handsOn = differences.handsOn === true;
  if (differences.dropsWatches) machine.set(othersDropWatchesSlot('domU'), true);
  if (differences.story) machine.spawn(STORY, story, { left: differences.story });
  if (storeBuffers.length > 0) machine.bufferStores(storeBuffers);
  for (const of of storeBuffers) machine.spawn(drainOf(of), store_buffer_drain, { of });
  return machine;
}

/** What libxl made when it built the domains (reference xen 6.6). */
function plantBaseTree(machine: Machine): void {
  plant(machine, '/local/domain/0', '', ['n0']);
  plant(machine, '/local/domain/0/backend', '', ['n0']);
  plant(machine, '/local/domain/0/error', '', ['n0']);
  plant(machine, '/local/domain/5', '', ['n0', 'r5']);
  plant(machine, '/local/domain/5/device', '', ['n0', 'r5']);
  plant(machine, '/local/domain/5/control', '', ['n0', 'r5']);
  plant(machine, '/local/domain/5/control/shutdown', '', ['n5']);
  plant(machine, '/local/domain/5/error', '', ['n5']);
  plant(machine, '/libxl/5/device', '', ['n0']);
}

