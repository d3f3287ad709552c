import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A relative base, so that the build runs from any path of any documentation host.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
  css: { modules: { generateScopedName: '[hash:base64:5]' } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    setupFiles: ['tests/setup.ts'],
    // A test left alone by `.only` hides all the others, on every machine and not only on CI.
    allowOnly: false,
    // Nothing here is timed; the limit only ends a test that hangs, on a slow machine as well.
    testTimeout: 60_000,
  },
});
