import { slotById, type Slot, type State, type Timeline } from '../sim/index.ts';

/**
 * Slots of which the page has to know whether they ever held something, because what is gone is not what never was: the
 * device's directories, its network devices, queues, ports, and mappings.
 */
const REMEMBERED =
  /^(xen:(active|port):|netdev:|net(front|back):queue:|xs:node:\/local\/domain\/(5\/device\/vif\/0|0\/backend\/vif\/5\/0)$)/;

/** Of a mapping counts what was of the present rings: once they are made again, their references begin anew. */
const MAPPING = /^xen:active:/;
const RINGS = /^netfront:queue:/;

/** At which positions each of these slots came to hold something, ascending. A state alone does not say so. */
export class Past {
  private readonly since = new Map<Slot, number[]>();
  private readonly remembered = new Map<number, boolean>();

  constructor(state: State) {
    for (const [slot] of state.slots()) if (this.remembers(slot)) this.since.set(slot, [0]);
  }

  /** Step `n` was taken. */
  add(timeline: Timeline, n: number): void {
    const { journal } = timeline.machine.state;
    for (let i = timeline.journalAt(n); i < timeline.journalAt(n + 1); i++) {
      const cell = journal.cell(i);
      if (cell >= 0) continue;
      const slot = slotById(~cell);
      if (!this.remembers(slot) || journal.oldValue(i) !== undefined) continue;
      const positions = this.since.get(slot);
      if (positions === undefined) this.since.set(slot, [n + 1]);
      else positions.push(n + 1);
    }
  }

  /** Forgets the steps from `length` on. */
  truncate(length: number): void {
    for (const [slot, positions] of this.since) {
      const left = positions.filter((position) => position <= length);
      if (left.length === 0) this.since.delete(slot);
      else if (left.length < positions.length) this.since.set(slot, left);
    }
  }

  /** Names of slots that hold nothing at the timeline's position, and did before. */
  gone(timeline: Timeline): string[] {
    const names: string[] = [];
    const made = this.ringsMade(timeline.position);
    for (const [slot, positions] of this.since) {
      const from = MAPPING.test(slot.name) ? made : 0;
      const before = positions.some((position) => position >= from && position < timeline.position);
      if (before && timeline.machine.state.get(slot) === undefined) names.push(slot.name);
    }
    return names;
  }

  /** Where the guest last began to make rings, at or before that position; 0 if it never did. */
  private ringsMade(at: number): number {
    let made = 0;
    for (const [slot, positions] of this.since) {
      if (!RINGS.test(slot.name)) continue;
      for (const position of positions) if (position <= at) made = Math.max(made, position);
    }
    return made;
  }

  private remembers({ id, name }: Slot): boolean {
    let found = this.remembered.get(id);
    if (found === undefined) this.remembered.set(id, (found = REMEMBERED.test(name)));
    return found;
  }
}
