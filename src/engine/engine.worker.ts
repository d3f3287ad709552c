import { servePort } from './serve-port.ts';

// The one message that the worker itself ever takes is the port on which everything else runs.
self.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  self.onmessage = null;
  servePort(port);
};
