import { RING_HEADER_SIZE } from '../abi/ring.ts';
import { GRANTS_PER_FRAME } from '../abi/grant-table.ts';
import type { Config, Effect } from '../engine/protocol.ts';
import { ringEntries } from './config.ts';

/** The numbers of a configuration that notes may name. */
export function configValues({ txPages, rxPages, queues, maxGrantFrames, backend }: Config) {
  const txEntries = ringEntries('tx', txPages);
  const rxEntries = ringEntries('rx', rxPages);
  return {
    txPages,
    rxPages,
    txOrder: Math.log2(txPages),
    rxOrder: Math.log2(rxPages),
    txEntries,
    rxEntries,
    queues,
    maxGrantFrames,
    backend: backend === 'pv' ? 'PV' : 'PVH',
    headerBytes: RING_HEADER_SIZE,
    entriesPerFrame: GRANTS_PER_FRAME.v1,
    grantsPerQueue: txEntries + rxEntries + txPages + rxPages,
  };
}

/**
 * The values that notes may name at a step: those of the configuration, and the plain fields of what the step
 * did (`path`, `value`, `op`, `port`, `ref`, ...); the first effect that has a field wins. `leaf` is the last name of a path.
 */
export function stepValues(config: Config, effects: readonly Effect[]): Record<string, string | number> {
  const values: Record<string, string | number> = { ...configValues(config) };
  for (const effect of effects) {
    const { args } = effect;
    const nested = typeof args === 'object' && args !== null && !Array.isArray(args) ? args : {};
    for (const [name, value] of [...Object.entries(effect), ...Object.entries(nested)]) {
      if (name !== 'kind' && !(name in values) && (typeof value === 'string' || typeof value === 'number')) {
        values[name] = value;
      }
    }
  }
  const { path } = values;
  if (typeof path === 'string') values['leaf'] ??= path.slice(path.lastIndexOf('/') + 1);
  return values;
}
