import { createHost } from '../../src/engine/host.ts';
import type { Event } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';
import type { EngineClient } from '../../src/store/connection.ts';
import { connectEngine } from '../../src/store/connection.ts';
import { appStore } from '../../src/store/store.ts';

/** The store as it was when the page was loaded, on the real engine, which does all it is asked for at once. */
export function realPage(): void {
  appStore.setState(appStore.getInitialState(), true);
  const listeners = new Set<(event: Event) => void>();
  const timers: (() => void)[] = [];
  const host = createHost({
    scenarios,
    // It answers at once: there is nothing to gain from pictures sent ahead.
    post: (reply) => reply.type !== 'ahead' && listeners.forEach((listener) => listener(reply)),
    schedule: (callback) => timers.push(callback),
  });
  const client: EngineClient = {
    mode: 'in-process',
    send: (command) => {
      host.handle(command);
      // A long run is recorded in slices.
      for (let next = timers.shift(); next; next = timers.shift()) next();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  connectEngine(client, () => {});
  listeners.forEach((listener) =>
    listener({
      type: 'ready', protocol: 1,
      scenarios: scenarios.map(({ id, title, defaults }) => ({ id, title, defaults, acts: [] })),
    }),
  );
}
