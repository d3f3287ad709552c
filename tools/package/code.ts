import { build } from 'esbuild';

/**
 * Makes a module of each entry in `folder`, and beside them of what several share; packages stay imports. They are left readable:
 * whoever bundles them makes them small. Not by Vite, which rewrites the addresses of files beside a module so that other bundlers
 * do not find them.
 */
export async function makeCode(root: string, entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    packages: 'external',
  });
}
