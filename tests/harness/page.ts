import { connectEngine } from '../../src/store/connection.ts';
import { appStore } from '../../src/store/store.ts';
import { fakeEngine } from './fake-engine.ts';

/**
 * The store as it was when the page was loaded, on an engine that plays a made-up run. Returns that engine.
 */
export function freshPage(length = 300): ReturnType<typeof fakeEngine> {
  appStore.setState(appStore.getInitialState(), true);
  const engine = fakeEngine(length);
  connectEngine(engine, () => {});
  return engine;
}

/** Commands that the page has sent since the last call, without acknowledgements. */
export function sentTo(engine: ReturnType<typeof fakeEngine>): unknown[] {
  return engine.sent
    .splice(0)
    .map((text) => JSON.parse(text) as { type: string })
    .filter(({ type }) => type !== 'ack');
}
