import { slotById, type Timeline, type Value } from '../sim/index.ts';

/** Slots that hold what somebody has printed, line by line. Lines are added at the end and never taken away. */
const LOG = /^log:/;

/** Which step printed each line of each log. The logs themselves say only what and in which order. */
export class Printed {
  /** By name of the slot, for every line that a step printed: the position just after that step, ascending. */
  private readonly steps = new Map<string, number[]>();
  /** Names of log slots by the number of the slot; null for all others. */
  private readonly names = new Map<number, string | null>();

  /** Step `n` was taken. */
  add(timeline: Timeline, n: number): void {
    const { journal } = timeline.machine.state;
    for (let i = timeline.journalAt(n); i < timeline.journalAt(n + 1); i++) {
      const cell = journal.cell(i);
      const name = cell < 0 ? this.nameOf(~cell) : null;
      if (name === null) continue;
      const steps = this.steps.get(name) ?? [];
      this.steps.set(name, steps);
      const added = linesOf(journal.newValue(i)) - linesOf(journal.oldValue(i));
      for (let line = 0; line < added; line++) steps.push(n + 1);
    }
  }

  /** Forgets the steps from `length` on. */
  truncate(length: number): void {
    for (const [name, steps] of this.steps) this.steps.set(name, steps.filter((position) => position <= length));
  }

  /** For every log that steps up to `position` have printed to: the positions of its last lines, one a line. */
  upTo(position: number): [log: string, positions: readonly number[]][] {
    return Array.from(this.steps, ([name, steps]): [string, readonly number[]] => [
      name,
      steps.filter((one) => one <= position),
    ]).filter(([, steps]) => steps.length > 0);
  }

  private nameOf(slot: number): string | null {
    let name = this.names.get(slot);
    if (name === undefined) {
      const found = slotById(slot).name;
      this.names.set(slot, (name = LOG.test(found) ? found : null));
    }
    return name;
  }
}

function linesOf(log: Value): number {
  return Array.isArray(log) ? log.length : 0;
}
