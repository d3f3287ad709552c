import { actNamed, endState, scenarios, Timeline, type Config, type Effect, type EndState, type Machine } from '../../../src/sim/index.ts';
import { bridgeSlot } from '../../../src/sim/drivers/toolstack-hotplug.ts';

export const ONE: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };

/** A run of a scenario that a test takes further by itself. */
export class Run {
  readonly machine: Machine;
  readonly timeline: Timeline;
  /** `function#label` of the steps so far. */
  readonly steps: string[] = [];
  readonly effects: Effect[] = [];

  constructor(id = 'netif-multipage', config: Config = ONE, prepare: (machine: Machine) => void = () => {}) {
    const scenario = scenarios.find((one) => one.id === id)!;
    this.machine = scenario.build(config);
    prepare(this.machine);
    this.timeline = new Timeline(this.machine, scenario.schedule);
  }

  /** One step: of the first of these threads that can run, else in the natural order. @returns false at the end */
  step(...first: string[]): boolean {
    const chosen = first.map((name) => this.machine.threadNamed(name)!).find((thread) => this.machine.enabled(thread));
    const next = chosen ?? this.timeline.natural();
    if (!next) return false;
    this.timeline.forward(next, this.effects);
    this.steps.push(this.timeline.info(this.timeline.length - 1).op.key);
    return true;
  }

  /** Goes on until the next step of some thread would be `key`. */
  until(key: string): this {
    const there = (): boolean => this.machine.runnable().some((one) => this.machine.next(one)?.key === key);
    while (!there()) if (!this.step()) throw new Error(`the run ends before ${key}`);
    return this;
  }

  /** Goes on to the end, with these threads going first whenever they can. */
  toEnd(...first: string[]): this {
    while (this.step(...first));
    return this;
  }

  /** Takes an act here. */
  act(id: string): this {
    this.timeline.act(this.machine.threadNamed('you')!, actNamed(id).program, this.effects);
    this.steps.push(`you#${id}`);
    return this;
  }

  get end(): EndState {
    return endState(this.machine);
  }

  /** What xenstore holds at a path. */
  value(path: string): string | undefined {
    return this.end.xenstore.find((node) => node.path === path)?.value;
  }

  /** The numbers, in the order of the steps, of the first step with each of these keys. */
  order(...keys: string[]): number[] {
    return keys.map((key) => this.steps.indexOf(key));
  }
}

/** The end of a run with dom0's bridge in this state. */
export function withBridge(bridge: 'missing' | 'hangs'): Run {
  return new Run('netif-multipage', ONE, (machine) => machine.set(bridgeSlot, bridge)).toEnd();
}

/** What must be so once the two ends have parted: nobody holds anything of the other. */
export function leftovers({ maptrack, ports, grant_table }: EndState): object {
  return { maptrack, ports, granted: grant_table.entries };
}

export const NOTHING = { maptrack: [], ports: [], granted: [] };
