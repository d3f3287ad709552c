import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { buildClassic, FOLDER, hashOf, loader, path, script } from './classic.ts';
import type { Pack } from './classic.ts';
import { buildElement } from './element.ts';

/** What draws the frame; embed.html names it, and so serves while developing. */
const PAGE = path('embed.html');

/**
 * Builds embed.html beside index.html, and what other pages load: ring-scope.js and embed.js. A frame may be sandboxed, and
 * then has no origin: neither module scripts nor workers come to it from a plain file server. So its parts are classic scripts.
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
      await buildClassic(outDir, { frame: path('src/embed/frame.ts') }, pack);
      await buildElement(outDir);
      await writeFile(join(outDir, 'embed.js'), `${await script('src/embed/links.ts')}\n`);
    },
  };
}

/** What the first step needs is one script, which embed.html names; each part that comes later is a file of its own. */
const pack: Pack = async (emit, { entries, first, firstStyles, needs, definitionOf }) => {
  const start = `ringscopeFrame.start(${JSON.stringify(entries)},${JSON.stringify(needs)});`;
  const source = [await loader(), ...first.map(definitionOf), start].join('\n');
  const file = `${FOLDER}/ringscope-${hashOf(source)}.js`;
  emit(file, source);
  emit('embed.html', await page(file, firstStyles));
};

/** embed.html with the script and the styles that the build made. Without `crossorigin`: a frame without an origin gets them too. */
async function page(script: string, styles: readonly string[]): Promise<string> {
  const source = await readFile(PAGE, 'utf8');
  const tags = [
    ...styles.map((file) => `<link rel="stylesheet" href="./${file}" />`),
    `<script defer data-frame src="./${script}"></script>`,
  ];
  const module = /<script type="module" src="[^"]+"><\/script>/;
  if (!module.test(source)) throw new Error('embed.html names no module script to take the place of');
  return source.replace(module, '').replace('</head>', `  ${tags.join('\n    ')}\n  </head>`);
}
