import { createHost } from '../../src/engine/host.ts';
import type { Event } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { connectEngine } from '../../src/store/connection.ts';
import { appStore } from '../../src/store/store.ts';
import type { Config } from '../../src/store/store.ts';

/** The store on a real engine that answers at once, with this run open at its beginning. */
export function realPage(scenario: string, config: Partial<Config> = {}): void {
  appStore.setState(appStore.getInitialState(), true);
  const listeners = new Set<(event: Event) => void>();
  const due: (() => void)[] = [];
  const host = createHost({
    scenarios,
    post: (event) => {
      for (const listener of listeners) listener(event);
      // Every picture is drawn at once.
      if (event.type === 'frame') host.handle({ type: 'ack', frame: event.frame.id });
    },
    schedule: (callback) => due.push(callback),
  });
  connectEngine(
    {
      mode: 'in-process',
      send: (command) => {
        host.handle(command);
        // A long run is recorded in slices.
        for (let next = due.shift(); next; next = due.shift()) next();
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    () => {},
  );
  const run = { scenario, config: { ...DEFAULT_RUN.config, ...config }, choices: [] };
  commands.open(run, { kind: 'position', position: 0 });
}

/** Goes to just after an occurrence of that step, counted from 1. */
export function after(key: string, occurrence = 1): void {
  const { outline } = appStore.getState();
  if (outline === null) throw new Error('no run is open');
  const index = outline.keys.indexOf(key);
  let left = occurrence;
  const step = outline.key.findIndex((one) => one === index && --left === 0);
  if (step < 0) throw new Error(`there is no occurrence ${occurrence} of ${key}`);
  commands.seek(step + 1);
}
