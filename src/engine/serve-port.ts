import { scenarios } from '../sim/index.ts';
import type { Command } from './protocol.ts';
import { serve } from './serve.ts';

/** Has the engine hear commands on that port, and answer there. */
export function servePort(port: MessagePort): void {
  const handle = serve({
    scenarios,
    post: (event, transfer) => port.postMessage(event, transfer),
    schedule: (callback, ms) => setTimeout(callback, ms),
  });
  port.onmessage = ({ data }: MessageEvent<Command>) => handle(data);
}
