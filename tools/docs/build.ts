/** Builds the site with VitePress, which has packages and a lock of its own, and serves what was built. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { preview } from 'vite';
import type { PreviewServer } from 'vite';
import { buildPage } from '../page/built.ts';
import { ensureInstalled } from '../support/installed.mjs';
import { SOURCES } from './assemble.ts';
import { RINGSCOPE } from './source.ts';

/**
 * Builds the pages that were put together into `out`, to be served at `base`, and RingScope beside them.
 * @throws Error when VitePress fails, with what it printed
 */
export async function buildSite(root: string, out: string, base: string): Promise<void> {
  const site = join(root, SOURCES);
  ensureInstalled(site);
  const script = join(site, 'node_modules/vitepress/bin/vitepress.js');
  // Not as a part of this process: it brings an older Vite.
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'build', site, '--outDir', out, '--base', base], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`VitePress failed:\n${stdout}${stderr}`);
  await buildPage(root, join(out, RINGSCOPE));
}

/** Serves the site as a plain file server does, on this machine; port 0 is any that is free. */
export async function serveSite(out: string, base: string, port: number): Promise<{ server: PreviewServer; address: string }> {
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    base,
    logLevel: 'silent',
    build: { outDir: out },
    preview: { host: '127.0.0.1', port, strictPort: port !== 0, open: false },
  });
  return { server, address: server.resolvedUrls?.local[0] ?? '' };
}
