import { createHost } from '../../src/engine/host.ts';
import type { Command, Event } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { connectEngine } from '../../src/store/connection.ts';
import { appStore } from '../../src/store/store.ts';

/**
 * The store on the real engine, which answers at once, with a small run open. Returns what the page sends from then on, without
 * acknowledgements.
 */
export function realPage(scenario = 'netif-multipage', pages = 1): Command[] {
  appStore.setState(appStore.getInitialState(), true);
  const sent: Command[] = [];
  const listeners = new Set<(event: Event) => void>();
  const timers: (() => void)[] = [];
  const early: Event[] = [];
  const post = (event: Event): void => {
    if (listeners.size === 0) early.push(event);
    listeners.forEach((listener) => listener(event));
    // Nobody draws here, so every frame counts as drawn.
    if (event.type === 'frame') host.handle({ type: 'ack', frame: event.frame.id });
  };
  const host = createHost({ scenarios, post, schedule: (callback) => timers.push(callback) });
  connectEngine({
    mode: 'in-process',
    subscribe: (listener) => {
      listeners.add(listener);
      early.splice(0).forEach(listener);
      return () => listeners.delete(listener);
    },
    send: (command) => {
      if (command.type === 'ack') return;
      sent.push(command);
      host.handle(command);
      for (let next = timers.shift(); next; next = timers.shift()) next();
    },
  }, () => {});
  const config = { ...DEFAULT_RUN.config, txPages: pages, rxPages: pages };
  commands.open({ scenario, config, choices: [] }, { kind: 'position', position: 0 });
  sent.length = 0;
  return sent;
}
