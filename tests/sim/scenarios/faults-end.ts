/** How a fault ends in the natural order. */
interface FaultEnd {
  /** The state that is published, and the kernel's cache of it. */
  frontend: readonly (number | null)[];
  /** The same, and what netback means to be in. */
  backend: readonly (number | null)[];
  /** Rings that netback has mapped and keeps. */
  connected: number;
  /** Lines of the kernels' logs. */
  dom0: readonly string[];
  domU: readonly string[];
  /** Path and text of each error node. */
  errors: readonly (readonly [string, string])[];
  /** The last that `xl` had to say. */
  toolstack: string | null;
  /** Mappings that nobody knows of any more, and entries that they hold. */
  leaks: { handles: readonly number[]; pinned: readonly number[] };
}

const FE = '/local/domain/5/device/vif/0';
const CANNOT_ADD = 'unable to add device with path /local/domain/0/backend/vif/5/0';
const NO_LEAK = { handles: [], pinned: [] };

/** A connect() that fails: netback reports it, publishes 5, and then 4 all the same; netfront sees only the 4. */
function failedConnect(...reports: string[]): FaultEnd {
  return {
    frontend: [4, 4],
    backend: [4, 4, 4],
    connected: 0,
    dom0: reports.map((report) => `vif vif-5-0: ${report}`),
    domU: [],
    errors: [['/local/domain/0/error/backend/vif/5/0/error', reports.at(-1)!]],
    toolstack: null,
    leaks: NO_LEAK,
  };
}

/** A netfront that fails before it has published anything: it lets its device go, and netback closes with it. */
function frontendGone(...reports: string[]): FaultEnd {
  return {
    frontend: [6, null],
    backend: [6, 6, 6],
    connected: 0,
    dom0: [],
    domU: reports.map((report) => `vif vif-0: ${report}`),
    errors: [['/local/domain/5/error/device/vif/0/error', reports.at(-1)!]],
    toolstack: null,
    leaks: NO_LEAK,
  };
}

/** Without `connected` from the hotplug script: everything is connected, and the backend never says so. */
const unannounced: FaultEnd = {
  frontend: [4, 4],
  backend: [2, 2, 4],
  connected: 2,
  dom0: ['vif vif-5-0 vif5.0: Guest Rx ready'],
  domU: [],
  errors: [],
  toolstack: CANNOT_ADD,
  leaks: NO_LEAK,
};

export const FAULTS_END: Readonly<Record<string, FaultEnd>> = {
  'fault-ref-not-granted': failedConnect(
    '1 mapping in shared page 520 from domain 5',
    '2 mapping shared-frames 520/521 port tx 11 rx 12',
  ),
  'fault-ref-beyond-table': failedConnect(
    '3 mapping in shared page 32768 from domain 5',
    '2 mapping shared-frames 32768/521 port tx 11 rx 12',
  ),
  'fault-third-page-bad': {
    ...failedConnect(
      '1 mapping in shared page 2058 from domain 5',
      '2 mapping shared-frames 2056,2057,2058,2059/2060,2061,2062,2063 port tx 11 rx 12',
    ),
    // Handles 0 and 1 were unmapped, 2 was never given out for good; the fourth page's is lost.
    leaks: { handles: [3], pinned: [2059] },
  },
  'fault-missing-ring-key': failedConnect(`2 reading ${FE}/ring-ref`),
  'fault-order-too-big': failedConnect(`22 ${FE}/tx-ring-page-order too big`),
  'fault-bad-mac': failedConnect('2 parsing backend/vif/5/0/mac'),
  'fault-transaction-conflict': {
    frontend: [4, 4],
    backend: [4, 4, 4],
    connected: 2,
    dom0: ['vif vif-5-0 vif5.0: Guest Rx ready'],
    domU: [],
    errors: [],
    toolstack: null,
    leaks: NO_LEAK,
  },
  // For the port of TX, and then for the one of both directions.
  'fault-evtchn-refused': frontendGone('1 allocating event channel', '1 allocating event channel'),
  'fault-port-taken': {
    ...failedConnect('22 mapping shared-frames 520/521 port tx 11 rx 12'),
    // The queue's thread has begun before the bind fails.
    dom0: ['vif vif-5-0 vif5.0: Guest Rx ready', 'vif vif-5-0: 22 mapping shared-frames 520/521 port tx 11 rx 12'],
  },
  'fault-maptrack-full': failedConnect(
    '13 mapping in shared page 520 from domain 5',
    '2 mapping shared-frames 520/521 port tx 11 rx 12',
  ),
  'fault-xenstore-denied': frontendGone('13 writing multi-queue-num-queues'),
  'fault-hotplug-never': unannounced,
  'fault-hotplug-error': unannounced,
  'fault-no-driver': {
    frontend: [1, 1],
    backend: [1, 1, null],
    connected: 0,
    dom0: [],
    domU: [],
    errors: [],
    toolstack: CANNOT_ADD,
    leaks: NO_LEAK,
  },
};
