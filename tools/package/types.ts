import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';

/** What a declaration imports of our own files, as the compiler writes it. */
const OWN = /(\bfrom |\bimport\()(["'])(\.{1,2}\/[^"']+)\.tsx?\2/g;

/**
 * Makes the declarations of the entries in `folder`, laid out as `src` is: theirs, and those that they lead to, no others.
 * @throws Error with what the compiler says, where it refuses
 */
export function makeTypes(root: string, entries: readonly string[], folder: string): void {
  const all = mkdtempSync(join(tmpdir(), 'ringscope-types-'));
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json'), '--outDir', all], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the compiler makes no declarations:\n${stdout}${stderr}`);
    const starts = entries.map((entry) => entry.replace(/^src\/(.*)\.tsx?$/, '$1'));
    for (const [name, text] of reached(starts, (name) => readFileSync(join(all, `${name}.d.ts`), 'utf8'))) {
      const file = join(folder, `${name}.d.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

/** The declarations that one comes to from `starts`, by name without `.d.ts`, their imports named as those of JavaScript are. */
export function reached(starts: readonly string[], read: (name: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [...starts];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const text = read(name);
    found.set(name, text.replaceAll(OWN, '$1$2$3.js$2'));
    for (const [, , , target] of text.matchAll(OWN)) waiting.push(posix.join(posix.dirname(name), target!));
  }
  return found;
}
