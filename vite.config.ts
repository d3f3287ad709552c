import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { className } from './tools/build/class-name.ts';
import { frame } from './tools/build/frame.ts';
import { inPieces } from './tools/build/pieces.ts';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What draws the page; the entry only starts the engine and loads this. */
const PAGE = { file: path('src/app/mount.tsx'), name: 'page' };
/** What it draws after the first picture. */
const REST = { file: path('src/app/rest.ts'), name: 'rest', also: /node_modules\/d3-path\// };

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel, crossorigin: true, href: `./${file}` }, injectTo: 'head' };
}

/** Has index.html name what draws the page, so that it is loaded beside the entry and not after it. */
const loadPageEarly: Plugin = {
  name: 'load-page-early',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const page = Object.values(bundle ?? {}).find((output) => output.type === 'chunk' && output.name === PAGE.name);
      if (page?.type !== 'chunk') return [];
      const isEntry = (file: string): boolean => {
        const output = bundle?.[file];
        return output?.type === 'chunk' && output.isEntry;
      };
      const scripts = [page.fileName, ...page.imports.filter((file) => !isEntry(file))];
      const styles = [...(page.viteMetadata?.importedCss ?? [])];
      return [...scripts.map((file) => link('modulepreload', file)), ...styles.map((file) => link('stylesheet', file))];
    },
  },
};

export default defineConfig({
  // A relative base, so that the build runs from any path of any documentation host.
  base: './',
  plugins: [react(), loadPageEarly, frame()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // That the frame takes longer than the page is no news.
    rolldownOptions: { output: inPieces(PAGE, REST), checks: { pluginTimings: false } },
  },
  css: { modules: { generateScopedName: className } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    setupFiles: ['tests/setup.ts'],
    // A test left alone by `.only` hides all the others, on every machine and not only on CI.
    allowOnly: false,
    // Nothing here is timed; the limit only ends a test that hangs, on a slow machine as well.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
