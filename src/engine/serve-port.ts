import { scenarios } from '../sim/index.ts';
import { DEFAULT_RUN } from './protocol.ts';
import type { Command, Event } from './protocol.ts';
import { serve } from './serve.ts';

/**
 * Starts an engine, with `opens` one that opens the usual run at once: what it has to say waits for a port.
 * @returns what has it hear commands on a port, and answer there
 */
export function servePort(opens: boolean): (port: MessagePort) => void {
  const waiting: [Event, ArrayBuffer[]][] = [];
  let post = (event: Event, transfer: ArrayBuffer[]): void => void waiting.push([event, transfer]);
  const handle = serve({
    scenarios,
    post: (event, transfer) => post(event, transfer),
    schedule: (callback, ms) => setTimeout(callback, ms),
  });
  if (opens) handle({ type: 'open', run: DEFAULT_RUN, at: { kind: 'position', position: 0 } });
  return (port) => {
    post = (event, transfer) => port.postMessage(event, transfer);
    for (const [event, transfer] of waiting) post(event, transfer);
    port.onmessage = ({ data }: MessageEvent<Command>) => handle(data);
  };
}
