import type { ScenarioInfo } from '../engine/protocol.ts';

/** Kinds of scenarios, in the order in which they are offered, and how the ids of each begin. */
const KINDS = [
  ['handshake', /^netif/],
  ['apart', /^(close|reconnect)/],
  // What Linux itself does wrong is a fault to see, and no bug that was seeded, whatever its id says.
  ['faults', /^fault|^bug-unmap-first-failures$/],
  ['packets', /^traffic/],
  ['bugs', /^bug/],
  ['other', /^/],
] as const;

export type ScenarioGroup = (typeof KINDS)[number][0];

function groupOf(id: string): ScenarioGroup {
  return KINDS.find(([, begins]) => begins.test(id))![0];
}

/** The scenarios by kind, in their order; kinds without any are left out. */
export function groupScenarios<T extends Pick<ScenarioInfo, 'id'>>(
  scenarios: readonly T[],
): { group: ScenarioGroup; scenarios: readonly T[] }[] {
  return KINDS.map(([group]) => ({ group, scenarios: scenarios.filter(({ id }) => groupOf(id) === group) }))
    .filter((entry) => entry.scenarios.length > 0);
}
