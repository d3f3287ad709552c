import { scenarios } from '../sim/index.ts';
import type { Command } from './protocol.ts';
import { serve } from './serve.ts';

// The one message that the worker itself ever takes is the port on which everything else runs.
self.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  self.onmessage = null;
  const handle = serve({
    scenarios,
    post: (event, transfer) => port.postMessage(event, transfer),
    schedule: (callback, ms) => setTimeout(callback, ms),
  });
  port.onmessage = ({ data }: MessageEvent<Command>) => handle(data);
};
