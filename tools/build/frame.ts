import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build as bundle, transform } from 'esbuild';
import { build, minify } from 'vite';
import type { Plugin, Rolldown } from 'vite';
import { inOnePiece } from './one-piece.ts';

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** What draws the frame; embed.html names it, and so serves while developing. */
const PAGE = path('embed.html');
const ENTRY = path('src/embed/frame.ts');
/** What draws the frame. */
const MOUNT = path('src/embed/mount.tsx');
const LOADER = path('src/embed/loader.ts');
/** Of the output. All files of the frame lie in it, so that one leads to another. */
const FOLDER = 'frame';

/**
 * Builds embed.html beside index.html. A frame may be sandboxed, and then has no origin: neither module scripts nor workers
 * come to it from a plain file server. So the parts of this page are classic scripts (src/embed/loader.ts).
 */
export function frame(): Plugin {
  let outDir: string | null = null;
  return {
    name: 'frame',
    apply: 'build',
    configResolved({ root, build: { outDir: folder } }) {
      // Other pages are built by the same configuration, for tests and for the bench.
      if (resolve(root) === resolve(path(''))) outDir = folder;
    },
    async closeBundle() {
      if (outDir === null) return;
      await build({
        configFile: false,
        root: path(''),
        base: './',
        publicDir: false,
        logLevel: 'warn',
        plugins: [react(), plainImports, classic],
        worker: { format: 'es', rolldownOptions: { output: { entryFileNames: `${FOLDER}/[name]-[hash].js` } } },
        css: { modules: { generateScopedName: '[hash:base64:5]' } },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          assetsDir: FOLDER,
          modulePreload: false,
          rolldownOptions: { input: ENTRY, preserveEntrySignatures: false, checks: { pluginTimings: false }, output: inOnePiece(MOUNT, 'page') },
        },
      });
    },
  };
}

/** Vite would fetch styles and further parts of a module page before `import()`; here the loader does. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
};

/** Turns the parts into classic scripts: those of the beginning into one, which embed.html names. */
const classic: Plugin = {
  name: 'classic',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_options, output) {
      const chunks = Object.values(output).filter((one) => one.type === 'chunk');
      const chunkOf = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const entry = chunks.find((chunk) => chunk.isEntry);
      if (entry === undefined) throw new Error('the frame has no entry');
      const first = withImports(entry, chunkOf);
      const later = chunks.filter((chunk) => !first.has(chunk));
      const stylesOfFirst = stylesOf(first);

      const definitions = new Map<Rolldown.OutputChunk, string>();
      for (const chunk of chunks) definitions.set(chunk, await definition(chunk));
      const files = later.map((chunk) => {
        const needs = [...withImports(chunk, chunkOf)].filter((one) => !first.has(one));
        const styles = [...stylesOf(needs)].filter((style) => !stylesOfFirst.has(style));
        return [nameOf(chunk.fileName), [...needs.map(({ fileName }) => fileName), ...styles].map(nameOf)] as const;
      });
      const start = `ringscopeFrame.start(${JSON.stringify(nameOf(entry.fileName))},${JSON.stringify(Object.fromEntries(files))});`;
      const script = [await loader(), ...[...first].map((chunk) => definitions.get(chunk)), start].join('\n');
      const scriptFile = `${FOLDER}/ringscope-${hashOf(script)}.js`;

      for (const chunk of chunks) {
        if (first.has(chunk)) delete output[chunk.fileName];
        else chunk.code = definitions.get(chunk)!;
      }
      this.emitFile({ type: 'asset', fileName: scriptFile, source: script });
      this.emitFile({ type: 'asset', fileName: 'embed.html', source: await page(scriptFile, [...stylesOfFirst]) });
    },
  },
};

/** embed.html with the script and the styles that the build made. Without `crossorigin`: a frame without an origin gets them too. */
async function page(script: string, styles: readonly string[]): Promise<string> {
  const source = await readFile(PAGE, 'utf8');
  const tags = [
    ...styles.map((file) => `<link rel="stylesheet" href="./${file}" />`),
    `<script defer src="./${script}"></script>`,
  ];
  const module = /<script type="module" src="[^"]+"><\/script>/;
  if (!module.test(source)) throw new Error('embed.html names no module script to take the place of');
  return source.replace(module, '').replace('</head>', `  ${tags.join('\n    ')}\n  </head>`);
}

/** A chunk, and all that must run before it. */
function withImports(
  chunk: Rolldown.OutputChunk, chunkOf: ReadonlyMap<string, Rolldown.OutputChunk>, found = new Set<Rolldown.OutputChunk>(),
): Set<Rolldown.OutputChunk> {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const file of chunk.imports) {
    const imported = chunkOf.get(file);
    if (imported !== undefined) withImports(imported, chunkOf, found);
  }
  return found;
}

function stylesOf(chunks: Iterable<Rolldown.OutputChunk>): Set<string> {
  return new Set([...chunks].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
}

function nameOf(file: string): string {
  return file.slice(FOLDER.length + 1);
}

/** A chunk's code as a call that hands it to the loader. */
async function definition(chunk: Rolldown.OutputChunk): Promise<string> {
  const { code } = await transform(chunk.code, {
    format: 'cjs',
    target: 'es2022',
    supported: { 'dynamic-import': true },
    define: { 'import.meta.url': 'here' },
  });
  // Nothing but import() is written so in such code; the name is a part's, and no text that a person reads.
  const body = code.replaceAll(/\bimport\((?=["'`]\.\/)/g, 'load(');
  const call = `ringscopeFrame.define(${JSON.stringify(nameOf(chunk.fileName))},function(module,exports,require,load,here){${body}});`;
  return (await minify(chunk.fileName, call)).code.trim();
}

async function loader(): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [LOADER], bundle: true, format: 'iife', target: 'es2022', minify: true, write: false,
  });
  return outputFiles[0]!.text.trim();
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
