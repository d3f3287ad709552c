import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import { ensureChromium } from '../support/chromium.mjs';

/** Where the page's sources are. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The production build of the page in `source`, by the page's own configuration, put into `folder`. */
export async function buildPage(source: string, folder: string): Promise<void> {
  const configFile = join(ROOT, 'vite.config.ts');
  await build({ root: source, configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
}

/** Serves a folder on a free port of this machine; `requested` grows by the path of each request. */
export async function servePage(
  folder: string, requested: string[] = [],
): Promise<{ server: PreviewServer; address: string }> {
  const server = await preview({
    root: ROOT,
    logLevel: 'silent',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0, open: false },
    plugins: [
      {
        name: 'write-down-requests',
        configurePreviewServer({ middlewares }) {
          middlewares.use((request, _response, next) => {
            requested.push(new URL(request.url ?? '/', 'http://localhost').pathname);
            next();
          });
        },
      },
    ],
  });
  return { server, address: server.resolvedUrls?.local[0] ?? '' };
}

/** Starts the Chromium of this machine, without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
