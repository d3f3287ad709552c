/**
 * Milliseconds between two ticks at the highest speed, which makes two steps in each: sixteen pictures a second are as many
 * as a person takes in, and as a slow machine can draw while it still answers.
 */
const SHORTEST_TICK = 62.5;
/** Ticks' worth of steps that may be made up for at once after the page was slow. */
const CATCH_UP = 4;

interface PlayerOptions {
  later: (callback: () => void, ms: number) => void;
  /** Makes up to so many steps. @returns how many it made; null once there is nothing left to play */
  advance: (steps: number) => number | null;
  changed: (playing: boolean) => void;
}

/** Steps at a given pace until paused or at the end. Steps that could not be made in time are owed, up to a bound. */
export class Player {
  private readonly options: PlayerOptions;
  /** The playing under way; a tick of an earlier one finds another object here and ends. */
  private current: { perTick: number; ms: number; owed: number } | null = null;

  constructor(options: PlayerOptions) {
    this.options = options;
  }

  get playing(): boolean {
    return this.current !== null;
  }

  play(stepsPerSecond: number): void {
    const ms = Math.max(1000 / stepsPerSecond, SHORTEST_TICK);
    const already = this.current !== null;
    this.current = { perTick: (stepsPerSecond * ms) / 1000, ms, owed: 0 };
    if (!already) this.options.changed(true);
    this.tick(this.current);
  }

  pause(): void {
    if (!this.current) return;
    this.current = null;
    this.options.changed(false);
  }

  private tick(playing: NonNullable<Player['current']>): void {
    if (playing !== this.current) return;
    playing.owed = Math.min(playing.owed + playing.perTick, playing.perTick * CATCH_UP);
    const made = this.options.advance(Math.floor(playing.owed));
    if (made === null) return this.pause();
    playing.owed -= made;
    this.options.later(() => this.tick(playing), playing.ms);
  }
}
