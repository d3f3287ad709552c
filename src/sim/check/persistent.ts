import type { Thread } from '../machine/machine.ts';
import type { Table } from './table.ts';
import { GONE } from './walk.ts';

/**
 * The threads that have to be tried from a state: a persistent set, so small as can be found. See
 * docs/adr/0009-partial-order-reduction.md for why nothing is lost by leaving the others for later.
 * @param locals local state by thread index
 * @param enabled those that can run
 */
export function persistentSet(table: Table, locals: Int32Array, enabled: readonly Thread[]): readonly Thread[] {
  let can = 0;
  for (const thread of enabled) can |= 1 << thread.index;
  let best = can;
  let fewest = enabled.length;
  for (const seed of enabled) {
    if (fewest === 1) break;
    const found = close(table, locals, can, seed.index) & can;
    const count = ones(found);
    if (count < fewest) {
      best = found;
      fewest = count;
    }
  }
  return best === can ? enabled : enabled.filter((thread) => (best >>> thread.index) & 1);
}

/**
 * Closes { seed } under: whoever may disturb the next step of a member that can run, whoever may wake a member that
 * sleeps, and whoever may concern a monitor that a member's step concerns, is a member too.
 */
function close(table: Table, locals: Int32Array, can: number, seed: number): number {
  let members = 1 << seed;
  let done = 0;
  let monitors = 0;
  while (members !== done) {
    const member = 31 - Math.clz32(members & ~done);
    done |= 1 << member;
    const at = locals[member]!;
    const runs = (can >>> member) & 1;
    if (runs) {
      if (!table.stepKnown(at)) return -1;
      monitors |= table.seen(at);
    }
    for (let other = 0; other < locals.length; other++) {
      const later = locals[other]!;
      if (later === GONE || (members >>> other) & 1) continue;
      const disturbs = runs ? table.conflicts(at, later) : table.wakes(later, at);
      if (disturbs || (monitors !== 0 && table.laterSeen(later, monitors))) members |= 1 << other;
    }
  }
  return members;
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
