import { createHost, type HostOptions } from './host.ts';
import type { Command, Event } from './protocol.ts';

interface ServeOptions extends Pick<HostOptions, 'scenarios' | 'schedule'> {
  /** Sends a reply through a port, moving the buffers listed. */
  post: (reply: Event, transfer: ArrayBuffer[]) => void;
}

/**
 * A host for one end of a MessagePort: in a worker, or on the page where workers are forbidden.
 * @returns what the port's messages go to
 */
export function serve({ post, ...options }: ServeOptions): (command: Command) => void {
  const host = createHost({ ...options, post: (reply) => post(reply, buffersOf(reply)) });
  return (command) => host.handle(command);
}

/** A frame's bytes are made for it alone, so they move instead of being copied. */
function buffersOf(reply: Event): ArrayBuffer[] {
  if (reply.type !== 'frame' && reply.type !== 'ahead') return [];
  return [reply.frame.words.buffer, ...reply.frame.pages.map(([, bytes]) => bytes.buffer)];
}
