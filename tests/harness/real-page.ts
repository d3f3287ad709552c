import { createHost } from '../../src/engine/host.ts';
import type { Command, Config, Event } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { connectEngine } from '../../src/store/connection.ts';
import type { EngineClient } from '../../src/store/connection.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';

/** The page's store on the real engine, which answers each command at once. */
export interface RealPage {
  /** Shows the state just after the occurrence of `function#label`, counted from 1. */
  after: (key: string, occurrence?: number) => void;
  /** Shows the state at this position; negative counts from the end, -1 being the last. */
  seek: (position: number) => void;
  /** What the page has sent since the run was open, without acknowledgements. */
  readonly sent: Command[];
}

/** The store as it is when a page is loaded, and then a run of this scenario in it. */
export function realPage(scenario: string, config: Partial<Config> = {}): RealPage {
  appStore.setState(appStore.getInitialState(), true);
  const listeners = new Set<(event: Event) => void>();
  const timers: (() => void)[] = [];
  const sent: Command[] = [];
  /** The engine says which scenarios it has before anybody listens. */
  let ready: Event | undefined;
  const host = createHost({
    scenarios,
    post: (event) => {
      // It answers at once: there is nothing to gain from pictures sent ahead.
      if (event.type === 'ahead') return;
      if (event.type === 'ready') ready = event;
      listeners.forEach((listener) => listener(event));
    },
    schedule: (callback) => timers.push(callback),
  });
  const client: EngineClient = {
    mode: 'in-process',
    send(command) {
      // Pictures count as drawn at once, see below.
      if (command.type === 'ack') return;
      sent.push(command);
      host.handle(command);
      // A long run is recorded in slices.
      for (let next = timers.shift(); next !== undefined; next = timers.shift()) next();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (ready !== undefined) listener(ready);
      return () => listeners.delete(listener);
    },
  };
  connectEngine(client, () => {});
  // A picture is acknowledged when it is drawn; here that is at once.
  const acknowledge = (event: Event): void => {
    if (event.type === 'frame') host.handle({ type: 'ack', frame: event.frame.id });
  };
  listeners.add(acknowledge);
  commands.open({ scenario, config: { ...DEFAULT_RUN.config, ...config }, choices: [] }, { kind: 'position', position: 0 });
  const seek = (position: number): void => {
    const { length } = appStore.getState().outline!;
    commands.seek(position < 0 ? length + 1 + position : position);
  };
  sent.length = 0;
  return { seek, after, sent };
}

/** Shows the state just after an occurrence of that step, counted from 1. */
export function after(key: string, occurrence = 1): void {
  const outline = appStore.getState().outline!;
  const at = outline.keys.indexOf(key);
  const steps = Array.from(outline.key.keys()).filter((n) => outline.key[n] === at);
  const step = steps[occurrence - 1];
  if (step === undefined) throw new Error(`there is no occurrence ${occurrence} of ${key}`);
  commands.seek(step + 1);
}
