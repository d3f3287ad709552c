import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build as bundle, transform } from 'esbuild';
import { build, minify } from 'vite';
import type { Plugin, Rolldown } from 'vite';
import { className } from './class-name.ts';
import { inPieces } from './pieces.ts';

/** A file of the project. */
export const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** Of the output: what comes later, one file a part, lies in it. */
export const FOLDER = 'frame';

/** The parts of a page that are scripts and no modules, each as a call that hands it to the loader (src/embed/loader.ts). */
export interface Parts {
  /** The entries' names, by the name that they were given. */
  entries: Readonly<Record<string, string>>;
  /** What the entries need at once, in no order, and the sheets of it, in theirs. */
  first: readonly Rolldown.OutputChunk[];
  firstStyles: readonly string[];
  /** What comes when it is asked for. */
  later: readonly Rolldown.OutputChunk[];
  /** Which files a part that comes later needs: parts and sheets, by the names of their files. */
  needs: Readonly<Record<string, readonly string[]>>;
  definitionOf: (chunk: Rolldown.OutputChunk) => string;
}

/** Emits files, and takes away what must not be one. */
export type Pack = (emit: (fileName: string, source: string) => void, parts: Parts, output: Rolldown.OutputBundle) => Promise<void>;

/**
 * Builds the entries into classic scripts, beside what lies in `outDir`. `pack` says which files they become; parts that
 * come later are files already, sheets too.
 */
export async function buildClassic(
  outDir: string, entries: Readonly<Record<string, string>>, pack: Pack, plugins: readonly Plugin[] = [],
): Promise<void> {
  await build({
    configFile: false,
    root: path(''),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react(), plainImports, ...plugins, classic(pack)],
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: `${FOLDER}/[name]-[hash].js` } } },
    css: { modules: { generateScopedName: className } },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      assetsDir: FOLDER,
      modulePreload: false,
      rolldownOptions: {
        input: entries,
        preserveEntrySignatures: false,
        checks: { pluginTimings: false },
        output: inPieces({ file: path('src/embed/mount.tsx'), name: 'page' }),
      },
    },
  });
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

function classic(pack: Pack): Plugin {
  return {
    name: 'classic',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, output) {
        const parts = await partsOf(output);
        await pack((fileName, source) => this.emitFile({ type: 'asset', fileName, source }), parts, output);
        for (const chunk of parts.first) delete output[chunk.fileName];
        for (const chunk of parts.later) chunk.code = parts.definitionOf(chunk);
      },
    },
  };
}

async function partsOf(output: Rolldown.OutputBundle): Promise<Parts> {
  const chunks = Object.values(output).filter((one) => one.type === 'chunk');
  const chunkOf = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entries = chunks.filter((chunk) => chunk.isEntry);
  const first = new Set(entries.flatMap((entry) => [...withImports(entry, chunkOf)]));
  const later = chunks.filter((chunk) => !first.has(chunk));
  const firstStyles = stylesOf(first);
  const definitions = new Map<Rolldown.OutputChunk, string>();
  for (const chunk of chunks) definitions.set(chunk, await definition(chunk));
  const needs = later.map((chunk) => {
    const all = [...withImports(chunk, chunkOf)].filter((one) => !first.has(one));
    const styles = [...stylesOf(all)].filter((style) => !firstStyles.has(style));
    return [nameOf(chunk.fileName), [...all.map(({ fileName }) => fileName), ...styles].map(nameOf)] as const;
  });
  return {
    entries: Object.fromEntries(entries.map(({ name, fileName }) => [name, nameOf(fileName)])),
    first: [...first],
    firstStyles: [...firstStyles],
    later,
    needs: Object.fromEntries(needs),
    definitionOf: (chunk) => definitions.get(chunk)!,
  };
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

/** The name of a file in {@link FOLDER}, as parts know each other. */
export function nameOf(file: string): string {
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
  return inAscii((await minify(chunk.fileName, call)).code.trim());
}

/** The same script in ASCII alone: browsers read a script of another page as that page's own encoding says. */
export function inAscii(script: string): string {
  return script.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What runs the parts. */
export function loader(): Promise<string> {
  return script('src/embed/loader.ts');
}

/** A file, with all that it imports, as one classic script. */
export async function script(file: string): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [path(file)], bundle: true, format: 'iife', target: 'es2022', minify: true, write: false,
  });
  return outputFiles[0]!.text.trim();
}

/** Enough of it to know it by. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
