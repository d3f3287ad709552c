import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).map((file) => join(SOURCES, file));
const sheets = new Map(files.filter((file) => file.endsWith('.module.css')).map((file) => [file, classesOf(readFileSync(file, 'utf8'))]));

/** The classes of a sheet: not what stands in its comments, nor what it says of the classes of others. */
function classesOf(sheet: string): Set<string> {
  const own = sheet.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/:global\([^)]*\)/g, '');
  return new Set(Array.from(own.matchAll(/\.([a-z][\w-]*)/gi), ([, name]) => name!));
}

/** The classes that components name, by sheet; undefined in it where one is looked up by a value. */
const named = new Map<string, Set<string | undefined>>();
for (const file of files.filter((one) => /\.tsx?$/.test(one))) {
  const text = readFileSync(file, 'utf8');
  const body = text.replaceAll(/^import .*$/gm, '');
  for (const [, local, sheet] of text.matchAll(/^import (\w+) from '(.+\.module\.css)';$/gm)) {
    const path = resolve(dirname(file), sheet!);
    const names = named.get(path) ?? new Set();
    named.set(path, names);
    for (const [, name] of body.matchAll(new RegExp(`\\b${local}(?:\\.(\\w+)|\\[)`, 'g'))) names.add(name);
  }
}

describe('the classes', () => {
  it.each([...sheets].map(([path, classes]) => [path.slice(SOURCES.length + 1), path, classes] as const))(
    'of %s are those that components name',
    (_, path, classes) => {
      const names = named.get(path) ?? new Set();
      expect([...names].filter((name) => name !== undefined && !classes.has(name)), 'named, and not there').toEqual([]);
      if (!names.has(undefined)) expect([...classes].filter((name) => !names.has(name)), 'there, and never named').toEqual([]);
    },
  );
});
