import type { Thread } from '../machine/machine.ts';
import type { Timeline } from '../machine/timeline.ts';
import { refusalOf, YOU, type Act } from '../scenarios/act.ts';

interface Wandering {
  /** Numbers from 0 up to 1: the whole of what is left to chance. */
  readonly random: () => number;
  /** What may happen from outside. */
  readonly acts: readonly Act[];
  /** How likely one of them is at a step, where one can be taken at all. Where nobody can run, one is taken if it can be. */
  readonly actChance: number;
  /** How likely another thread goes on than the one that ran last, where that one can. */
  readonly switchChance: number;
}

/**
 * Goes on for up to `steps` steps in an order left to chance: mostly whoever runs goes on, now and then another one, now and
 * then something happens. @returns how many steps were made: fewer where nothing can happen any more
 */
export function wander(timeline: Timeline, { random, acts, actChance, switchChance }: Wandering, steps: number): number {
  const { machine } = timeline;
  const you = machine.threadNamed(YOU);
  let last: Thread | undefined;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (let made = 0; made < steps; made++) {
    const able = machine.runnable();
    const possible =
      you && (able.length === 0 || random() < actChance) ? acts.filter((act) => refusalOf(machine, act) === null) : [];
    if (you && possible.length > 0) {
      timeline.act(you, oneOf(possible).program);
      continue;
    }
    if (able.length === 0) return made;
    const stays = last !== undefined && able.includes(last) && random() >= switchChance;
    last = stays ? last! : oneOf(able);
    timeline.forward(last);
  }
  return steps;
}
