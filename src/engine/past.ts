import { slotById, type Slot, type State, type Timeline } from '../sim/index.ts';

/**
 * Slots of which the page has to know whether they ever held something, because what is gone is not what never was: the
 * device's directories, its network devices, queues, ports, and mappings.
 */
const REMEMBERED =
  /^(xen:(active|port):|netdev:|net(front|back):queue:|xs:node:\/local\/domain\/(5\/device\/vif\/0|0\/backend\/vif\/5\/0)$)/;

/** From which position on each of these slots has held something. A state alone does not say so. */
export class Past {
  private readonly since = new Map<Slot, number>();
  private readonly remembered = new Map<number, boolean>();

  constructor(state: State) {
    for (const [slot] of state.slots()) if (this.remembers(slot)) this.since.set(slot, 0);
  }

  /** Step `n` was taken. */
  add(timeline: Timeline, n: number): void {
    const { journal } = timeline.machine.state;
    for (let i = timeline.journalAt(n); i < timeline.journalAt(n + 1); i++) {
      const cell = journal.cell(i);
      if (cell >= 0) continue;
      const slot = slotById(~cell);
      if (this.remembers(slot) && !this.since.has(slot)) this.since.set(slot, n + 1);
    }
  }

  /** Forgets the steps from `length` on. */
  truncate(length: number): void {
    for (const [slot, position] of this.since) if (position > length) this.since.delete(slot);
  }

  /** Names of slots that hold nothing at the timeline's position, and did before. */
  gone(timeline: Timeline): string[] {
    const names: string[] = [];
    for (const [slot, position] of this.since) {
      if (position < timeline.position && timeline.machine.state.get(slot) === undefined) names.push(slot.name);
    }
    return names;
  }

  private remembers({ id, name }: Slot): boolean {
    let found = this.remembered.get(id);
    if (found === undefined) this.remembered.set(id, (found = REMEMBERED.test(name)));
    return found;
  }
}
