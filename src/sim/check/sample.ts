import { seededRandom } from '../../base/random.ts';
import type { Walker } from './walk.ts';

/** Invariants are asked at every state of that many runs. */
const ASKED_RUNS = 4;
const LONGEST = 20_000;

/**
 * Runs the machine to its end `runs` times in orders drawn from a seeded generator, so that the table learns what
 * threads do. In each run some threads are slow and some are quick. The machine is left as it was.
 */
export function sample(walker: Walker, runs: number): void {
  const { machine, table } = walker;
  const random = seededRandom(1);
  const mark = machine.state.journal.size;
  for (let run = 0; run < runs; run++) {
    const weights = machine.threads.map(() => random() ** 3 + 0.01);
    const locals = walker.locals();
    const offer = { can: 0, urgent: 0 };
    walker.look(locals, offer);
    for (let steps = 0; steps < LONGEST && offer.can !== 0; steps++) {
      if (run < ASKED_RUNS) walker.violated(-1);
      const can = table.mayRun(offer.can);
      const urgent = offer.urgent & can;
      const bit = urgent & -urgent || draw(can, weights, random());
      walker.lookAgain(locals, offer, walker.step(machine.threads[31 - Math.clz32(bit)]!, locals));
    }
    machine.state.undoTo(mark);
    machine.state.journal.truncate(mark);
  }
}

/** One of the bits of `can`. */
function draw(can: number, weights: readonly number[], random: number): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) if ((can >>> i) & 1) total += weights[i]!;
  let left = random * total;
  let bit = 0;
  for (let i = 0; i < weights.length && left >= 0; i++) {
    if (((can >>> i) & 1) === 0) continue;
    bit = 1 << i;
    left -= weights[i]!;
  }
  return bit;
}
