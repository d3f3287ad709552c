import { frameAt } from '../../../src/engine/delta.ts';
import { createHost, type Host } from '../../../src/engine/host.ts';
import type { Command, Event, Frame, Outline, RunSpec } from '../../../src/engine/protocol.ts';
import { Run } from '../../../src/engine/run.ts';
import { type Config, scenarios } from '../../../src/sim/index.ts';
import { createMirror } from '../../../src/store/mirror.ts';
import { Now } from '../../../src/store/stage/now.ts';
import { stageView } from '../../../src/store/stage/stage-view.ts';
import type { StageView } from '../../../src/store/view.ts';

/** A run of the real scenario with so many pages a ring, seen as the page sees it: frames, a mirror, a view of each. */
export class Watched {
  frame!: Frame;
  outline!: Outline;
  private readonly mirror = createMirror();
  private readonly host: Host;
  private last: StageView | null = null;
  private readonly timers: (() => void)[] = [];

  constructor(pages: number, queues: number, frames = 64, change: Partial<Config> = {}, scenario = 'netif-multipage') {
    this.host = createHost({
      scenarios,
      post: (event) => this.hear(event),
      schedule: (callback) => this.timers.push(callback),
    });
    const config: Config = { txPages: pages, rxPages: pages, queues, maxGrantFrames: frames, backend: 'pv', ...change };
    const run: RunSpec = { scenario, config, choices: [] };
    this.send({ type: 'open', run, at: { kind: 'position', position: 0 } });
  }

  /** What the stage draws now. */
  get view(): StageView {
    if (this.last === null) throw new Error('no frame came yet');
    return this.last;
  }

  /** The state as panels read it that decode what they show. */
  get now(): Now {
    return new Now(this.mirror, this.frame);
  }

  get length(): number {
    return this.outline.length;
  }

  seek(to: number): StageView {
    this.send({ type: 'seek', to });
    return this.view;
  }

  choose(thread: string): StageView {
    this.send({ type: 'choose', thread });
    return this.view;
  }

  /** The state in which a chapter begins. */
  chapter(id: string): StageView {
    const chapter = this.outline.chapters.find((one) => one.id === id);
    if (chapter === undefined) throw new Error(`there is no chapter ${id}`);
    return this.seek(chapter.at);
  }

  /** Just after the occurrence of that step, counted from 1; negative counts from the end. */
  after(key: string, occurrence = 1): StageView {
    const index = this.outline.keys.indexOf(key);
    const steps = Array.from(this.outline.key.keys()).filter((n) => this.outline.key[n] === index);
    const step = steps.at(occurrence > 0 ? occurrence - 1 : occurrence);
    if (step === undefined) throw new Error(`there is no occurrence ${occurrence} of ${key}`);
    return this.seek(step + 1);
  }

  /** The view that a page makes that has just been opened here. */
  fromScratch(): StageView {
    const { run } = this.outline;
    const other = new Run(scenarios.find(({ id }) => id === run.scenario)!, run);
    other.record(Infinity);
    other.timeline.seek(this.frame.position);
    const frame = frameAt(other, 1, null);
    const mirror = createMirror();
    mirror.apply(frame);
    return stageView(mirror, null, frame);
  }

  /** The view made of the same mirror without the view before. */
  anew(): StageView {
    return stageView(this.mirror, null, this.frame);
  }

  private send(command: Command): void {
    this.host.handle(command);
    // A long run is recorded, and its outline sent, in slices.
    for (let next = this.timers.shift(); next; next = this.timers.shift()) next();
  }

  private hear(event: Event): void {
    if (event.type === 'outline') this.outline = event.outline;
    if (event.type === 'rejected' || event.type === 'fatal') throw new Error(event.reason);
    if (event.type !== 'frame') return;
    this.frame = event.frame;
    this.mirror.apply(event.frame);
    this.last = stageView(this.mirror, this.last, event.frame);
    this.send({ type: 'ack', frame: event.frame.id });
  }
}
