import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Event } from '../../src/engine/protocol.ts';
import { serve } from '../../src/engine/serve.ts';
import { FIRST_PAGE, toy, toyConfig } from './toy.ts';

const OPEN = {
  type: 'open',
  run: { scenario: 'toy', config: toyConfig, choices: [] },
  at: { kind: 'position', position: 0 },
} as const;

test('the engine works through a port, its bytes moved and not copied', async () => {
  const { port1, port2 } = new MessageChannel();
  const sent: Event[] = [];
  const handle = serve({
    scenarios: [toy],
    post: (event, transfer) => {
      sent.push(event);
      port2.postMessage(event, transfer);
    },
    schedule: (callback, ms) => setTimeout(callback, ms),
  });
  port2.on('message', handle);

  const events: Event[] = [];
  const next = async (): Promise<Event> => {
    const [event] = (await once(port1, 'message')) as [Event];
    events.push(event);
    return event;
  };
  await next();
  port1.postMessage(OPEN);
  await next();
  await next();
  expect(events.map(({ type }) => type)).toEqual(['ready', 'frame', 'outline']);
  expect(events[1]).toMatchObject({ frame: { kind: 'key', position: 0, pages: [[FIRST_PAGE, { length: 4096 }]] } });
  expect(sent[1]).toMatchObject({ frame: { pages: [[FIRST_PAGE, { length: 0 }]] } });

  port1.postMessage({ type: 'ack', frame: 1 });
  expect(await next()).toMatchObject({ type: 'ahead', frame: { kind: 'delta', position: 1 } });
  expect(sent.at(-1)).toMatchObject({ frame: { words: { length: 0 } } });
  port1.postMessage({ type: 'step', how: 'over' });
  expect(await next()).toMatchObject({ type: 'frame', frame: { kind: 'delta', position: 1 } });
  port1.close();
});
