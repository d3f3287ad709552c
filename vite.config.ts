import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** What draws the page; the entry only starts the engine and loads this. */
const PAGE = fileURLToPath(new URL('src/app/mount.tsx', import.meta.url));

/** All that it imports at once is one chunk: a page in a dozen pieces takes a dozen requests to begin. */
function inOnePiece(): (id: string, graph: Rolldown.ChunkingContext) => string | null {
  const pieces = new Set<string>();
  const add = (id: string, graph: Rolldown.ChunkingContext): void => {
    // The entry needs the one too, and would wait for the whole page; of d3 it needs only a small part.
    if (pieces.has(id) || /vite\/preload-helper|node_modules\/d3\b/.test(id)) return;
    pieces.add(id);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, graph);
  };
  return (id, graph) => {
    if (pieces.size === 0) add(PAGE, graph);
    return pieces.has(id) ? 'page' : null;
  };
}

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel, crossorigin: true, href: `./${file}` }, injectTo: 'head' };
}

/** Has index.html name what draws the page, so that it is loaded beside the entry and not after it. */
const loadPageEarly: Plugin = {
  name: 'load-page-early',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const page = Object.values(bundle ?? {}).find((output) => output.type === 'chunk' && output.name === 'page');
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
  plugins: [react(), loadPageEarly],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: inOnePiece(), debugName: 'page' }] } } },
  },
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
    expect: { poll: { timeout: 20_000 } },
  },
});
