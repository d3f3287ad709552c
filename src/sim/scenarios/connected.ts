import type { Machine, Thread } from '../machine/machine.ts';
import { STORY, story } from './act.ts';
import { naturalOrder } from './cast.ts';
import type { Config } from './scenario.ts';
import { buildWorld, type Differences } from './world.ts';

/**
 * The world once both sides are Connected and eth0 is up, or when the step `until` is next: the handshake runs that far in its
 * natural order, and is forgotten, so that step 0 is here. The story begins after it.
 */
export function connectedWorld(config: Config, differences: Differences = {}, until?: string): Machine {
  const { story: acts, ...others } = differences;
  const machine = buildWorld(config, others);
  let last: Thread | undefined;
  for (let able = machine.runnable(); able.length > 0; able = machine.runnable()) {
    last = naturalOrder(able, last);
    if (machine.next(last)!.key === until) break;
    machine.execute(last);
  }
  if (acts) machine.spawn(STORY, story, { left: acts });
  machine.state.journal.truncate(0);
  return machine;
}
