import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/support/chromium.mjs';

const onCi = Boolean(process.env['CI']);
const port = Number(process.env['E2E_PORT'] ?? 47_613);
const executablePath = findChromium();
// A directory of its own: a build made for `npm start` is left alone.
const outDir = `node_modules/.cache/e2e-${port}`;
const vite = 'node node_modules/vite/bin/vite.js';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  forbidOnly: true,
  retries: 0,
  // Nothing here is timed: the limit only ends what hangs, on a slow and busy machine as well.
  timeout: 90_000,
  ...(onCi ? { workers: 1 } : {}),
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    trace: 'off',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // No sandbox, because CI runs as root; and no traffic but the test's own.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command:
      `${vite} build --outDir ${outDir} --logLevel warn && ` +
      `${vite} preview --outDir ${outDir} --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 300_000,
  },
});
