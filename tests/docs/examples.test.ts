import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { GENERATORS } from '../../tools/examples/generators.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** All text of an example but what explains it. */
function filesOf(name: string): string {
  const files = readdirSync(join(examples, name), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return files.filter((entry) => entry.name !== 'README.md').map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

it('each example is one that is built and looked at', () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders.sort()).toEqual(GENERATORS.map(({ name }) => name).sort());
});

it.each(GENERATORS.map(({ name }) => name))('%s: what its README tells an author to write is what the example has', (name) => {
  const readme = readFileSync(join(examples, name, 'README.md'), 'utf8');
  const lines = [...readme.matchAll(/^ *```[a-z]+\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) => block!.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(1);
  const text = filesOf(name);
  expect(lines.filter((line) => !text.includes(line.trim()))).toEqual([]);
});

it.each(GENERATORS.filter(({ debian }) => debian === undefined).map(({ name }) => name))('%s: its packages are of exact versions', (name) => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(examples, name, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  const versions = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
