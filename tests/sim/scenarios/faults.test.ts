import { describe, expect, it } from 'vitest';
import { endState, programKeys, recordRun, scenarios, type EndState } from '../../../src/sim/index.ts';
import { FAULTS_END } from './faults-end.ts';

const faults = scenarios.filter(({ id }) => id.startsWith('fault-'));

/** What stays behind of a run that came to nothing: mappings without an owner, and entries that Xen has pinned. */
function leaksOf({ rings, maptrack, grant_table }: EndState): { handles: number[]; pinned: number[] } {
  const owned = new Set(rings.flatMap(({ backend }) => backend?.handles ?? []));
  const known = new Set(maptrack.filter(({ handle }) => owned.has(handle)).map(({ ref }) => ref));
  return {
    handles: maptrack.map(({ handle }) => handle).filter((handle) => !owned.has(handle)),
    pinned: grant_table.entries.filter(({ pin }) => pin !== null).map(({ ref }) => ref).filter((ref) => !known.has(ref)),
  };
}

describe('faults', () => {
  it('each have a row in the table', () => {
    expect(Object.keys(FAULTS_END)).toEqual(faults.map(({ id }) => id));
  });

  it('each have a chapter that begins where something breaks', () => {
    const begins = faults.map(({ chapters }) => chapters.at(-1)!.begins);
    expect(begins).toEqual(faults.map(({ id }) => id.replace('fault-', 'you#')));
    expect(begins.filter((key) => !programKeys().includes(key))).toEqual([]);
  });

  it.each(faults.map((scenario) => [scenario.id, scenario] as const))('%s ends as the notes say', (id, scenario) => {
    const { records, machine } = recordRun(scenario, scenario.defaults);
    const { states, errors, logs, rings, toolstack } = endState(machine);
    const { frontend, backend } = states;
    expect(records.filter(({ step }) => step === `you#${id.slice('fault-'.length)}`)).toHaveLength(1);
    expect({
      frontend: [frontend.published, frontend.cached],
      backend: [backend.published, backend.cached, backend.driver],
      connected: rings.filter((ring) => ring.backend !== null).length,
      dom0: logs.dom0,
      domU: logs.domU,
      errors: errors.map(({ path, text }) => [path, text]),
      toolstack,
      leaks: leaksOf(endState(machine)),
    }).toEqual(FAULTS_END[id]);
  });

  it.each([
    ['fault-hotplug-error', 'error', 'Could not find bridge device xenbr0'],
    ['fault-hotplug-never', '', undefined],
    ['fault-no-driver', '', undefined],
  ])('%s leaves hotplug-status "%s"', (id, status, error) => {
    const scenario = faults.find((one) => one.id === id)!;
    const { xenstore } = endState(recordRun(scenario, scenario.defaults).machine);
    const valueOf = (key: string) => xenstore.find(({ path }) => path === `/local/domain/0/backend/vif/5/0/${key}`)?.value;
    expect([valueOf('hotplug-status'), valueOf('hotplug-error')]).toEqual([status, error]);
  });
});
