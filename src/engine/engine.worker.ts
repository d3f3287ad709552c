import { servePort } from './serve-port.ts';

// A browser passes on what is sent to a worker only while the page's thread is free, which it is not while a page begins:
// that the usual run is to be opened is in the name.
const connect = servePort(self.name === 'opens');

// The one message that the worker itself ever takes is the port on which everything else runs.
self.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  self.onmessage = null;
  connect(port);
};
