import { createHost, type Host } from '../../src/engine/host.ts';
import type { Command, Event, Frame, Outline, Place, RunSpec } from '../../src/engine/protocol.ts';
import { brokenToy, longToy, toy, toyConfig } from './toy.ts';

const START: Place = { kind: 'position', position: 0 };

/** A host, everything it said, and a clock that stands still until told otherwise. */
export class Rig {
  readonly events: Event[] = [];
  private readonly host: Host;
  private timers: { callback: () => void; at: number }[] = [];
  private now = 0;

  constructor() {
    this.host = createHost({
      scenarios: [toy, longToy, brokenToy],
      post: (event) => this.events.push(event),
      schedule: (callback, ms) => this.timers.push({ callback, at: this.now + ms }),
    });
  }

  send(...commands: Command[]): void {
    for (const command of commands) this.host.handle(command);
  }

  /** Opens the toy, or a variation of that spec, as a page does that draws what it is sent, and lets it be recorded to its end. */
  open(run: Partial<RunSpec> = {}, at: Place = START): void {
    this.send({ type: 'open', run: { scenario: 'toy', config: toyConfig, choices: [], ...run }, at });
    this.ack();
    this.settle();
    this.ack();
  }

  /** Runs every callback that is due at once, and those that they bring. */
  settle(): void {
    this.wait(0);
  }

  /** Lets so many milliseconds pass, timer by timer. */
  wait(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = Math.max(this.now, due.at);
      due.callback();
    }
    this.now = until;
  }

  /** A command, followed by the frame it brings, acknowledged. */
  frame(command: Command): Frame {
    const before = this.frames().length;
    this.send(command);
    const frame = this.frames()[before];
    if (!frame) throw new Error(`${command.type} brought no frame but ${JSON.stringify(this.events.at(-1))}`);
    this.ack();
    return frame;
  }

  /** Acknowledges the last frame. */
  ack(): void {
    const last = this.frames().at(-1);
    if (last) this.send({ type: 'ack', frame: last.id });
  }

  frames(): Frame[] {
    return this.of('frame').map(({ frame }) => frame);
  }

  /** The last frame. */
  last(): Frame {
    return this.frames().at(-1)!;
  }

  outline(): Outline {
    return this.of('outline').at(-1)!.outline;
  }

  rejections(): string[] {
    return this.of('rejected').map(({ reason }) => reason);
  }

  of<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
  }
}
