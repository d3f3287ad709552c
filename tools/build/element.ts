import type { Plugin } from 'vite';
import { buildClassic, hashOf, inAscii, loader, nameOf, path } from './classic.ts';
import type { Pack } from './classic.ts';

/** What a page loads, and what that loads when somebody looks closer. Both names are part of what other pages are written to. */
const FIRST = 'ring-scope.js';
const MORE = 'ring-scope-more.js';

/**
 * Builds ring-scope.js: one script that is the custom element in a page, what it shows in the element's frame, and the
 * engine in its worker. All that comes later is ring-scope-more.js: two files can be handed on by any bundler.
 */
export async function buildElement(outDir: string): Promise<void> {
  await buildClassic(
    outDir,
    { host: path('src/embed/element/define.ts'), frame: path('src/embed/element/inner.ts'), worker: path('src/engine/engine.worker.ts') },
    pack,
    [itsOwnWorker],
  );
}

/** The worker is the script itself. */
const itsOwnWorker: Plugin = {
  name: 'its-own-worker',
  enforce: 'pre',
  resolveId: { filter: { id: /\?worker&url$/ }, handler: () => '\0own-worker' },
  load: { filter: { id: /^\0own-worker$/ }, handler: () => 'export default globalThis.ringscopeFrame.script;' },
};

const pack: Pack = async (emit, { entries, first, firstStyles, later, needs, definitionOf }, output) => {
  const style = (file: string): string => {
    const asset = output[file];
    if (asset?.type !== 'asset') throw new Error(`${file} is no sheet of the element`);
    delete output[file];
    return inAscii(`ringscopeFrame.style(${JSON.stringify(nameOf(file))},${JSON.stringify(String(asset.source).trim())});`);
  };
  const laterStyles = [...new Set(later.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]))]
    .filter((file) => !firstStyles.includes(file));
  // All of them lie in one file; it defines the sheets too, which are adopted with the part that needs them.
  const files = Object.entries(needs).map(([part, its]) => [part, [MORE, ...its.filter((file) => file.endsWith('.css'))]]);
  const start = `ringscopeFrame.start(${[entries, Object.fromEntries(files), firstStyles.map(nameOf)].map((one) => JSON.stringify(one)).join()});`;
  const named = namesOf([...[...first, ...later].map(({ fileName }) => fileName), ...firstStyles, ...laterStyles].map(nameOf));
  emit(FIRST, named([await loader(), ...firstStyles.map(style), ...first.map(definitionOf), start, ''].join('\n')));
  emit(MORE, named([...laterStyles.map(style), ...later.map(definitionOf), ''].join('\n')));
  for (const chunk of later) delete output[chunk.fileName];
};

/**
 * Gives the parts names in a script that compress. Their own end with what is in each, and nothing compresses that; these end with
 * their number and one sign of all that is in any, so that scripts of two builds still do not take each other's parts.
 */
function namesOf(parts: readonly string[]): (script: string) => string {
  const build = hashOf(parts.join());
  const names = new Map(parts.map((part, n) => [part, part.replace(/-[\w-]{8}(?=\.\w+$)/, `-${n}-${build}`)]));
  return (script) => script.replaceAll(/[\w.-]+\.(?:js|css)\b/g, (name) => names.get(name) ?? name);
}
