import { build } from 'vite';

/** Makes a module of each entry in `folder`, with all that it imports in it or in chunks beside it. It is left readable: whoever bundles it makes it small. */
export async function makeCode(root: string, entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await build({
    root,
    // The page's configuration is for the page.
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry: { ...entries }, formats: ['es'], fileName: (_, name) => `${name}.js` },
    },
  });
}
