import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { PreviewServer } from 'vite';
import type { Config } from '../../src/sim/index.ts';
import type { Place, RunSpec } from '../../src/engine/protocol.ts';
import { formatLink } from '../../src/store/permalink.ts';
import { buildPage, launchChromium, ROOT, servePage } from '../page/built.ts';

/** What is built: the page, one with nothing but React Flow on it, one with nothing but a button. */
const SOURCES = {
  page: ROOT,
  flow: join(ROOT, 'tools/bench/pages/flow'),
  button: join(ROOT, 'tools/bench/pages/button'),
} as const;
type Source = keyof typeof SOURCES;
/** A long run takes its time to open on a busy machine. */
const PATIENCE_MS = 180_000;
const USUAL: Omit<RunSpec, 'config'> = { scenario: 'netif-multipage', choices: [] };

/** The production build, served to a browser. */
export interface Bench {
  readonly browser: Browser;
  /** Where the build lies. */
  readonly folder: string;
  /** Paths that the server was asked for, in order, from `/`. */
  readonly requested: string[];
  /** Addresses of what was built, with nothing asked of it. */
  readonly bare: Readonly<Record<Source, string>>;
  /** Opens the page on this run, at its first position or at that place, in a context of its own, and waits for it. */
  open(config: Config, at?: Place, run?: Omit<RunSpec, 'config'>): Promise<Page>;
}

/** Builds and serves the page, and the bare ones beside it in the same way, for as long as `measure` takes. */
export async function withPage(measure: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ringscope-bench-'));
  const servers: PreviewServer[] = [];
  let browser: Browser | undefined;
  try {
    const requested: string[] = [];
    const bare = { page: '', flow: '', button: '' };
    for (const source of Object.keys(SOURCES) as Source[]) {
      const built = join(folder, source);
      await buildPage(SOURCES[source], built);
      const { server, address } = await servePage(built, source === 'page' ? requested : []);
      servers.push(server);
      bare[source] = address;
    }
    const launched = await launchChromium();
    browser = launched;
    await measure({
      browser,
      folder: join(folder, 'page'),
      requested,
      bare,
      async open(config, at = { kind: 'position', position: 0 }, run = USUAL) {
        const page = await launched.newPage({ viewport: { width: 1440, height: 900 } });
        // tsx has functions keep their names through a helper, which functions sent to a page lack.
        await page.addInitScript('globalThis.__name = (named) => named;');
        await page.goto(`${bare.page}${formatLink({ ...run, config }, at)}`);
        await page.waitForFunction(isOpen, undefined, { timeout: PATIENCE_MS });
        return page;
      },
    });
  } finally {
    await browser?.close();
    await Promise.all(servers.map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Is the run there? It runs in the page. */
function isOpen(): boolean {
  return /step \d+ of [1-9]/.test(document.body.textContent ?? '');
}
