import { GONE, type Table } from './table.ts';

/**
 * The threads that have to be tried from a state: a persistent set, so small as can be found. See
 * docs/adr/0009-partial-order-reduction.md for why nothing is lost by leaving the others for later.
 * @param locals local state by thread index
 * @param can those that can run, a bit a thread
 * @returns those of them that have to be tried
 */
export function persistentSet(table: Table, locals: Int32Array, can: number): number {
  // Where only patient threads are left, whoever runs may wake others that then go first: all have to be tried.
  if ((can & table.patient) !== 0) return can;
  let best = can;
  let fewest = ones(can);
  for (let rest = can; rest !== 0 && fewest > 1; rest &= rest - 1) {
    const found = close(table, locals, can, rest & -rest) & can;
    const count = ones(found);
    if (count < fewest) {
      best = found;
      fewest = count;
    }
  }
  return best;
}

/** Is `chosen` a persistent set, by what the table knows now? */
export function closed(table: Table, locals: Int32Array, can: number, chosen: number): boolean {
  return (close(table, locals, can, chosen) & can) === chosen;
}

/**
 * Closes a set of threads under: whoever may disturb the next step of a member that can run, whoever may wake a member that
 * sleeps, and whoever may concern a monitor that a member's step concerns, is a member too.
 */
function close(table: Table, locals: Int32Array, can: number, seed: number): number {
  let members = seed;
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
      // It cannot run before a member does: members that can run stay so until then.
      if ((table.patient >>> other) & 1) continue;
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
