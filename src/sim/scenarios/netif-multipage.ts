import { FAULTS } from './acts/faults.ts';
import { LIFECYCLE_ACTS } from './acts/lifecycle.ts';
import { TRAFFIC_ACTS } from './acts/traffic.ts';
import { cast, naturalOrder } from './cast.ts';
import type { ChapterSpec, Config, Scenario } from './scenario.ts';
import { buildWorld } from './world.ts';

/** The chapters of the handshake. */
export const HANDSHAKE_CHAPTERS: readonly ChapterSpec[] = [
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
  { id: 'ready', title: 'The guest brings eth0 up', begins: 'netback_changed#netdev_notify_peers' },
];

/** The sliders at first. */
export const DEFAULTS: Config = { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' };

export const netifMultipage: Scenario = {
  id: 'netif-multipage',
  title: 'Netif, multi-page rings',
  reference: 'linux 4',
  defaults: DEFAULTS,
  threads: (config) => cast(config),
  acts: [...LIFECYCLE_ACTS, ...TRAFFIC_ACTS, ...FAULTS.map(({ id }) => id)],
  chapters: HANDSHAKE_CHAPTERS,
  build: (config) => buildWorld(config),
  schedule: naturalOrder,
};
