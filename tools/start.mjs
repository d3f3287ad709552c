/**
 * `npm start [-- --port N] [--no-open]`: installs what is missing, builds the page, serves it on this machine
 * only and opens a browser where there is one. Ctrl-C ends it.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './support/installed.mjs';
import { openCommand, parseStartOptions } from './support/options.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

try {
  await start();
} catch (error) {
  console.error(`npm start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function start() {
  const { port, open } = parseStartOptions(process.argv.slice(2));
  ensureInstalled(root);

  // Imported only now, because until now it may not have been installed.
  const { build, preview } = await import('vite');
  await build({ root, logLevel: 'warn' });
  const server = await preview({
    root,
    // A port that was asked for is taken or refused; without one, the next free port from 4173 on is fine.
    preview: { host: '127.0.0.1', port: port ?? 4173, strictPort: port !== undefined, open: false },
  });
  const address = server.resolvedUrls?.local[0] ?? '';
  console.log(`RingScope: ${address}  (Ctrl-C ends it)`);

  // Nothing is left to save, and a browser's idle connections are not waited for.
  process.once('SIGINT', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(0));
  const command = open ? openCommand(process.platform, process.env) : undefined;
  if (command !== undefined) openBrowser([...command, address]);
}

/** @param {string[]} command */
function openBrowser([file = '', ...args]) {
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  // The address is on the screen: a browser that does not start is no reason to stop.
  child.on('error', () => {});
  child.unref();
}
