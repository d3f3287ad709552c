import { describe, expect, it } from 'vitest';
import { summaries } from '../../src/content/summaries.ts';
import { scenarios } from '../../src/sim/index.ts';
import { actsView, groupActs } from '../../src/store/acts.ts';
import { groupScenarios } from '../../src/store/scenarios.ts';
import type { ScenarioInfo } from '../../src/store/store.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';

const acts = [
  { id: 'clear', kind: 'fault', party: 'domU', title: 'Clear a grant entry' },
  { id: 'unplug', kind: 'toolstack', party: 'toolstack', title: 'Unplug the vif' },
  { id: 'send', kind: 'traffic', party: 'dom0', title: 'Send a packet' },
] as const;
const scenario: ScenarioInfo = { id: 'one', title: 'One', defaults: DEFAULT_RUN.config, acts };

describe('acts', () => {
  it('are those of the open scenario, each with why not', () => {
    const view = actsView([scenario], 'one', [null, 'the vif is gone', null]);
    expect(view.map(({ id, refusal }) => [id, refusal])).toEqual([
      ['clear', null], ['unplug', 'the vif is gone'], ['send', null],
    ]);
  });

  it('are none of a run that is being opened while another is on screen', () => {
    expect(actsView([scenario], 'two', [null, null, null])).toEqual([]);
    expect(actsView([scenario], 'one', [null])).toEqual([]);
  });

  it('are grouped into what people do and what breaks, without empty groups', () => {
    expect(groupActs(acts).map(({ group, acts: own }) => [group, own.map(({ id }) => id)])).toEqual([
      ['done', ['unplug', 'send']], ['breaks', ['clear']],
    ]);
    expect(groupActs(acts.slice(0, 1)).map(({ group }) => group)).toEqual(['breaks']);
  });
});

describe('scenarios', () => {
  it('are grouped by how their ids begin; an unknown kind is not lost', () => {
    const ids = ['netif-multipage', 'bug-a', 'fault-a', 'traffic', 'close-a', 'reconnect-a', 'fault-b', 'blkif', 'traffic-full'];
    expect(groupScenarios(ids.map((id) => ({ id }))).map(({ group, scenarios }) => [group, scenarios.map(({ id }) => id)]))
      .toEqual([
        ['handshake', ['netif-multipage']],
        ['apart', ['close-a', 'reconnect-a']],
        ['faults', ['fault-a', 'fault-b']],
        ['packets', ['traffic', 'traffic-full']],
        ['bugs', ['bug-a']],
        ['other', ['blkif']],
      ]);
  });

  it('count as seeded bugs only what was seeded; what Linux does is a fault', () => {
    const group = (wanted: string) => groupScenarios(scenarios).find(({ group }) => group === wanted)!.scenarios;
    const bugs = group('bugs');
    expect(bugs.filter(({ id }) => !summaries[id]!.startsWith('A seeded bug'))).toEqual([]);
    expect(bugs).toHaveLength(scenarios.filter(({ id }) => summaries[id]!.startsWith('A seeded bug')).length);
    const faults = group('faults');
    expect(faults.map(({ id }) => id)).toContain('bug-unmap-first-failures');
    expect(faults.map(({ title }) => title).filter((title) => !title.startsWith('Fault: '))).toEqual([]);
  });
});
