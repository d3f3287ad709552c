import type { FnInfo, Party } from '../machine/program.ts';

/** How a function is described that has a bug on purpose, so that nobody takes it for the kernel's. */
export function seeded(party: Party, path: string, shown: string, bug: string): FnInfo {
  return {
    party,
    cite: { project: 'RingScope', version: '', path: `src/sim/drivers/${path}`, symbol: shown },
    shown,
    departs: `a seeded bug of ours: ${bug}`,
  };
}
