import type { Effect } from '../../../src/sim/machine/context.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';

/** A machine that hears the effects of what is called outside any step. */
export class Listener extends Machine {
  private heard: Effect[] = [];

  constructor() {
    super([]);
  }

  override get listening(): boolean {
    return true;
  }

  override note(effect: Effect): void {
    this.heard.push(effect);
  }

  /** What was noted since the last call. */
  takeEffects(): Effect[] {
    const effects = this.heard;
    this.heard = [];
    return effects;
  }
}
