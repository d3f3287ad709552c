import { readFileSync, readdirSync } from 'node:fs';
import { posix, relative, sep } from 'node:path';
import type { Layer } from './layers.ts';
import { layers } from './layers.ts';
import { readSource } from './source.ts';

/** Source text by path from the root of the repository, with `/` between folders. */
export type Files = ReadonlyMap<string, string>;

/** One import, as a pair of layers; `to` is an npm package where it leaves the repository. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

interface Membership {
  readonly name: string;
  readonly layer: Layer;
}

/** Reads every TypeScript and JavaScript file below the folders. */
export function readFiles(root: string, folders: readonly string[]): Files {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(posix.join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|tsx|mjs|js)$/.test(entry.name)) continue;
      const path = posix.join(entry.parentPath.split(sep).join('/'), entry.name);
      files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  }
  return files;
}

/** Every breach of the table in layers.ts, one sentence each; empty when there is none. */
export function violations(files: Files): string[] {
  const found: string[] = [];
  for (const [path, text] of files) {
    const own = layerOf(path);
    if (own === undefined) {
      found.push(`${path}: belongs to no layer of the import table`);
      continue;
    }
    const { imports, names, globals } = readSource(path, text);
    for (const { specifier, typeOnly } of imports) {
      const fault = faultOf(path, own, specifier, typeOnly);
      if (fault !== undefined) found.push(`${path} imports ${specifier}: ${fault}`);
    }
    const { withoutGlobals = [], withoutWords } = own.layer;
    for (const name of globals) {
      if (withoutGlobals.some((pattern) => pattern.test(name))) {
        found.push(`${path} uses ${name}: layer ${own.name} may not`);
      }
    }
    for (const name of names) {
      if (withoutWords?.test(name) === true) {
        found.push(`${path} has the name ${name}: layer ${own.name} knows nothing of it`);
      }
    }
  }
  return found;
}

/** Every import from one layer into another or into a package, as often as it occurs. */
export function edges(files: Files): Edge[] {
  const found: Edge[] = [];
  for (const [path, text] of files) {
    const from = layerOf(path)?.name ?? '(no layer)';
    for (const { specifier } of readSource(path, text).imports) {
      const target = localTarget(path, specifier);
      const to = target === undefined ? packageOf(specifier) : (layerOf(target)?.name ?? '(no layer)');
      if (to !== from) found.push({ from, to });
    }
  }
  return found;
}

/** Why `own` may not import the specifier, or undefined when it may. */
function faultOf(path: string, own: Membership, specifier: string, typeOnly: boolean): string | undefined {
  const target = localTarget(path, specifier);
  if (target === undefined) {
    const name = packageOf(specifier);
    return own.layer.packages.includes(name) ? undefined : `layer ${own.name} may not import package ${name}`;
  }
  const to = layerOf(target);
  if (to === undefined) return `${target} belongs to no layer of the import table`;
  if (to.name === own.name || lists(own.layer.layers, to.name)) return undefined;
  if (lists(own.layer.typesOf ?? [], to.name)) {
    return typeOnly ? undefined : `layer ${own.name} may import only types from layer ${to.name}`;
  }
  return `layer ${own.name} may not import layer ${to.name}`;
}

/** Does the list name the layer, by itself or by a `folder/*`? */
function lists(list: readonly string[], name: string): boolean {
  return list.some((entry) => (entry.endsWith('/*') ? name.startsWith(entry.slice(0, -1)) : entry === name));
}

function layerOf(path: string): Membership | undefined {
  for (const layer of layers) {
    const match = layer.files.exec(path);
    if (match !== null) return { name: layer.name.replace('$1', match[1] ?? ''), layer };
  }
  return undefined;
}

/** The path a relative specifier leads to, or undefined for a package. */
function localTarget(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

/** `@scope/name/deep.css` is package `@scope/name`; all of Node's modules are `node:*`. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
