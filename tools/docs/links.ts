/** Looks at a built site: every link, anchor and permalink in it leads somewhere, and nothing is fetched from another host. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseLink } from '../../src/store/read-link.ts';
import { UsageError } from '../options.ts';
import { placed } from '../render/place.ts';
import { RINGSCOPE } from './source.ts';
import { runOf } from './spot.ts';

/** What was looked at, and what is wrong with it, a line each. */
export interface Looked {
  readonly pages: number;
  readonly figures: number;
  readonly links: number;
  readonly faults: readonly string[];
}

/** An attribute of a tag, as it stands in HTML. */
interface Named {
  readonly tag: string;
  readonly value: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };

function valuesOf(html: string, attribute: string): Named[] {
  return [...html.matchAll(new RegExp(`<([a-z][\\w-]*)(?=\\s)[^>]*?\\s${attribute}="([^"]*)"`, 'g'))].map(([, tag, value]) => ({
    tag: tag!,
    value: value!.replaceAll(/&([a-z]+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole),
  }));
}

/** Looks at all pages in `folder`, which is to be served at `base`. */
export function lookAt(folder: string, base: string): Looked {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const pages = files.filter((name) => name.endsWith('.html') && !name.startsWith(RINGSCOPE)).sort();
  const html = new Map(pages.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const ids = new Map([...html].map(([name, text]) => [name, new Set(valuesOf(text, 'id').map(({ value }) => value))]));
  const faults: string[] = [];
  let links = 0;

  const follow = (page: string, { tag, value }: Named): string | null => {
    if (/^(data|mailto):/.test(value)) return null;
    const url = new URL(value, `http://here${base}${page}`);
    if (url.origin !== 'http://here') return tag === 'a' ? null : 'it would be fetched from another host';
    if (!url.pathname.startsWith(base)) return `it leads out of ${base}`;
    const path = decodeURIComponent(url.pathname.slice(base.length));
    const target = path === '' || path.endsWith('/') ? posix.join(path, 'index.html') : path;
    if (statSync(join(folder, target), { throwIfNoEntry: false })?.isFile() !== true) return 'there is no such file';
    if (target === `${RINGSCOPE}index.html`) return stepFault(url.hash);
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === '' || ids.get(target)?.has(anchor) === true ? null : 'there is no such anchor';
  };

  for (const [page, text] of html) {
    for (const named of [...valuesOf(text, 'href'), ...valuesOf(text, 'src')]) {
      links += 1;
      const fault = follow(page, named);
      if (fault !== null) faults.push(`${page}: ${named.value}: ${fault}`);
    }
  }
  for (const name of files.filter((file) => file.endsWith('.css') && !file.startsWith(RINGSCOPE))) {
    const far = /url\(["']?(?:https?:)?\/\/[^)]*\)/.exec(readFileSync(join(folder, name), 'utf8'));
    if (far) faults.push(`${name}: ${far[0]}: it would be fetched from another host`);
  }
  const figures = [...html.values()].reduce((sum, text) => sum + valuesOf(text, 'data-ring-scope').length, 0);
  return { pages: pages.length, figures, links, faults };
}

/** Why a permalink cannot be followed; null if it can, or there is none. */
function stepFault(hash: string): string | null {
  const link = parseLink(hash);
  if (link.kind === 'none') return null;
  if (link.kind === 'bad') return link.why;
  try {
    placed(link.at, runOf(link.run));
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
