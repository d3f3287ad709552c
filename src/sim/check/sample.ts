import { seededRandom } from '../../base/random.ts';
import type { Thread } from '../machine/machine.ts';
import type { Walker } from './walk.ts';

const LONGEST = 100_000;

/**
 * Runs the machine to its end `runs` times in orders drawn from a seeded generator, so that the table learns what
 * threads do. In each run some threads are slow and some are quick. The machine is left as it was.
 */
export function sample(walker: Walker, runs: number): void {
  const { machine } = walker;
  const random = seededRandom(1);
  const mark = machine.state.journal.size;
  for (let run = 0; run < runs; run++) {
    const weights = machine.threads.map(() => random() ** 3 + 0.01);
    const locals = walker.locals();
    const path: number[] = [];
    while (path.length < LONGEST) {
      const enabled = machine.threads.filter((thread) => walker.enabled(thread, locals[thread.index]!));
      if (enabled.length === 0) break;
      const urgent = enabled.find((thread) => machine.commutes(thread));
      walker.run(urgent ?? draw(enabled, weights, random()), locals, path);
    }
    machine.state.undoTo(mark);
    machine.state.journal.truncate(mark);
  }
}

function draw(enabled: readonly Thread[], weights: readonly number[], random: number): Thread {
  const total = enabled.reduce((sum, thread) => sum + weights[thread.index]!, 0);
  let left = random * total;
  return enabled.find((thread) => (left -= weights[thread.index]!) <= 0) ?? enabled.at(-1)!;
}

