import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import type { Config } from '../../src/sim/index.ts';
import type { Place } from '../../src/engine/protocol.ts';
import { formatLink } from '../../src/store/permalink.ts';
import { ensureChromium } from '../support/chromium.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The production build, served to a browser. */
export interface Bench {
  readonly browser: Browser;
  /** Where the build lies. */
  readonly folder: string;
  /** Paths that the server was asked for, in order, from `/`. */
  readonly requested: string[];
  /** Opens the page on this run, at its first position or at that place, in a context of its own, and waits for it. */
  open(config: Config, at?: Place): Promise<Page>;
}

/** Builds and serves the page for as long as `measure` takes. */
export async function withPage(measure: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ringscope-bench-'));
  let server: PreviewServer | undefined;
  let browser: Browser | undefined;
  try {
    await build({ root, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
    const requested: string[] = [];
    server = await serve(folder, requested);
    const address = server.resolvedUrls?.local[0] ?? '';
    const launched = await chromium.launch({
      executablePath: ensureChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    browser = launched;
    await measure({
      browser,
      folder,
      requested,
      async open(config, at = { kind: 'position', position: 0 }) {
        const page = await launched.newPage({ viewport: { width: 1440, height: 900 } });
        // tsx has functions keep their names through a helper, which functions sent to a page lack.
        await page.addInitScript('globalThis.__name = (named) => named;');
        const run = { scenario: 'netif-multipage', config, choices: [] };
        await page.goto(`${address}${formatLink(run, at)}`);
        await page.waitForFunction(() => /step \d+ of [1-9]/.test(document.body.textContent ?? ''));
        return page;
      },
    });
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Serves a folder on a free port of this machine and writes down what is asked for. */
function serve(folder: string, requested: string[]): Promise<PreviewServer> {
  return preview({
    root,
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
}
