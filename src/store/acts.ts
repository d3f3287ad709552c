import type { ScenarioInfo } from '../engine/protocol.ts';
import type { ActView } from './view.ts';

/**
 * What a person can do in that scenario, each with why not now (`refusals`, in the scenario's order). Nothing while
 * another run is being opened, whose acts are not those. `before`: as in the view before.
 */
export function actsView(
  scenarios: readonly ScenarioInfo[], scenario: string, refusals: readonly (string | null)[],
  before: readonly ActView[] = [],
): readonly ActView[] {
  const acts = scenarios.find(({ id }) => id === scenario)?.acts ?? [];
  if (acts.length !== refusals.length) return [];
  return acts.map(({ id, kind, party, title }, index) => {
    const refusal = refusals[index] ?? null;
    const old = before[index];
    return old?.id === id && old.refusal === refusal ? old : { id, kind, party, title, refusal };
  });
}

/** What people do, and what breaks: how acts are offered. */
export const ACT_GROUPS = ['done', 'breaks'] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];

/** The acts by group, in their order; groups without any are left out. */
export function groupActs<T extends Pick<ActView, 'kind'>>(
  acts: readonly T[],
): { group: ActGroup; acts: readonly T[] }[] {
  return ACT_GROUPS.map((group) => ({
    group,
    acts: acts.filter(({ kind }) => (kind === 'fault') === (group === 'breaks')),
  })).filter((entry) => entry.acts.length > 0);
}

/** The key of an act's only step begins so. */
const ACT_KEY = 'you#';

/** What the act is called whose step has this key; undefined of any other step. Stories take acts that a scenario may not offer. */
export function actTitle(scenarios: readonly Pick<ScenarioInfo, 'acts'>[], key: string): string | undefined {
  if (!key.startsWith(ACT_KEY)) return undefined;
  const wanted = key.slice(ACT_KEY.length);
  for (const { acts } of scenarios) {
    const found = acts.find(({ id }) => id === wanted);
    if (found !== undefined) return found.title;
  }
  return undefined;
}
