import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A web server of this machine, of an origin of its own. */
export interface Host {
  /** Ends with a slash. */
  readonly address: string;
  close(): Promise<void>;
}

/** Answers requests on a free port of this machine. */
export async function listen(answer: RequestListener): Promise<Host> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml',
};

/** Gives out the files of a folder as the plainest of file servers does: nothing but their content and its type. */
export function serveFolder(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Host> {
  return listen(fromFolder(folder, headers));
}

/** Answers each request with a file of the folder. */
export function fromFolder(folder: string, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return ({ url }, response) => {
    const asked = decodeURIComponent(new URL(url ?? '/', 'http://host').pathname);
    const file = join(folder, normalize(asked), asked.endsWith('/') ? 'index.html' : '');
    if (!existsSync(file) || statSync(file).isDirectory()) return end(response, 404, '');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    end(response, 200, readFileSync(file));
  };
}

/** Sends all there is to send. */
export function end(response: ServerResponse, status: number, body: string | Buffer): void {
  response.statusCode = status;
  response.end(body);
}
