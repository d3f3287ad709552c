import { describe, expect, it } from 'vitest';
import { endState, recordRun, scenarios } from '../../../src/sim/index.ts';

interface End {
  /** The state that is published, and the kernel's cache of it. */
  frontend: readonly (number | null)[];
  /** The same, and what netback means to be in. */
  backend: readonly (number | null)[];
  /** Rings that netback has mapped and knows, frames that are mapped at all, ports of both domains together. */
  rings: number;
  handles: number;
  ports: number;
  dom0?: readonly string[];
  domU?: readonly string[];
  errors?: readonly string[];
}

const READY = 'vif vif-5-0 vif5.0: Guest Rx ready';
const BACKEND_ERROR = '/local/domain/0/error/backend/vif/5/0/error';

/** Both at 4, one ring each way, a port pair for each interrupt. */
const CONNECTED: End = { frontend: [4, 4], backend: [4, 4, 4], rings: 2, handles: 2, ports: 4, dom0: [READY] };
/** Nobody knows of the vif any more. */
const GONE: End = { frontend: [null, null], backend: [null, null, null], rings: 0, handles: 0, ports: 0, dom0: [READY] };
/** The backend waits for a frontend that comes back. */
const CLOSED: End = { frontend: [6, 6], backend: [6, 6, 6], rings: 0, handles: 0, ports: 0, dom0: [READY] };
/** connect() failed in netback, which says 4 all the same; netfront has its two ports, unbound. */
const failed = (...reports: string[]): End => ({
  ...CONNECTED,
  rings: 0,
  handles: 0,
  ports: 2,
  dom0: reports.map((report) => `vif vif-5-0: ${report}`),
  errors: [`${BACKEND_ERROR} ${reports.at(-1)}`],
});

/** How every scenario but those called a fault ends in its natural order. A bug may well end as if it were none: that is how bugs live. */
const ENDS: Readonly<Record<string, End>> = {
  'netif-multipage': { ...CONNECTED, handles: 8 },
  'close-unplug': GONE,
  'close-unbind': CLOSED,
  'close-crash': GONE,
  'close-forced': GONE,
  'close-early': { ...GONE, dom0: [] },
  'reconnect-unbind-bind': { ...CONNECTED, dom0: [READY, READY] },
  'reconnect-resume': { ...CONNECTED, dom0: [READY, READY] },
  traffic: CONNECTED,
  'bug-unmap-first-failures': {
    ...failed(
      '1 mapping in shared page 2058 from domain 5',
      '2 mapping shared-frames 2056,2057,2058,2059/2060,2061,2062,2063 port tx 11 rx 12',
    ),
    handles: 1,
  },
  'bug-state-before-refs': CONNECTED,
  'bug-forgotten-eagain': failed('2 reading /local/domain/5/device/vif/0/ring-ref'),
  'bug-watch-after-read': CONNECTED,
  'bug-revoke-before-unmap': CLOSED,
  'bug-missing-barrier': CONNECTED,
  'bug-missing-final-check': CONNECTED,
  'bug-req-event-not-advanced': CONNECTED,
  'bug-double-use-of-ref': CONNECTED,
  'bug-response-out-of-range': {
    ...CONNECTED,
    domU: ['vif vif-0: Response has incorrect id (256)', 'vif vif-0: Disabled for further use'],
  },
};

describe('the end of a scenario', () => {
  const others = scenarios.filter(({ id }) => !id.startsWith('fault-'));

  it('stands in the table, but for faults, which have their own', () => {
    expect(Object.keys(ENDS)).toEqual(others.map(({ id }) => id));
  });

  it.each(others.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
    const { states, rings, maptrack, ports, logs, errors, toolstack } = endState(recordRun(scenario, scenario.defaults).machine);
    const { frontend, backend } = states;
    expect({
      frontend: [frontend.published, frontend.cached],
      backend: [backend.published, backend.cached, backend.driver],
      rings: rings.filter((ring) => ring.backend !== null).length,
      handles: maptrack.length,
      ports: ports.length,
      dom0: logs.dom0,
      domU: logs.domU,
      errors: errors.map(({ path, text }) => `${path} ${text}`),
      toolstack,
    }).toEqual({ dom0: [], domU: [], errors: [], toolstack: null, ...ENDS[id] });
  });
});
