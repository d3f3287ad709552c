/** Puts together the pages that VitePress is to build: the site's own, and those made of other files of the repository. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';
import { UsageError } from '../options.ts';
import { pageFrom, pageOf } from './source.ts';
import type { Figure } from './figure.ts';
import type { Page } from './source.ts';

/** The folder with the site's own sources. */
export const SOURCES = 'docs/site';

/** The Markdown files that pages are made of, by the page's path on the site. */
export function sourcesOf(root: string): Map<string, string> {
  const own = readdirSync(join(root, SOURCES)).filter((name) => extname(name) === '.md');
  const decisions = readdirSync(join(root, 'docs/adr')).filter((name) => extname(name) === '.md');
  return new Map([
    ...own.map((name) => [name, `${SOURCES}/${name}`] as const),
    ['contributing.md', 'CONTRIBUTING.md'],
    ...decisions.map((name) => [`decisions/${name}`, `docs/adr/${name}`] as const),
  ]);
}

/** A file of the repository; undefined where there is none. */
export function readFrom(root: string): (path: string) => string | undefined {
  return (path) => {
    const file = join(root, path);
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : undefined;
  };
}

/**
 * Makes all pages in `folder`, which is emptied first.
 * @returns the figures of all pages
 * @throws UsageError saying what cannot be used, and where
 */
export function assemble(root: string, folder: string): readonly Figure[] {
  rmSync(folder, { recursive: true, force: true });
  const read = readFrom(root);
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const pages = [...sourcesOf(root)].map(([name, path]): [string, Page] => [name, pageFrom(name, path, read)]);
  for (const [name, { markdown }] of pages) write(name, markdown);
  write('decisions/index.md', listOf(pages));
  const files = [...new Set(pages.flatMap(([, page]) => page.files))].filter((file) => pageOf(file).startsWith('/code/'));
  for (const file of files) {
    const text = read(file);
    if (text === undefined) throw new UsageError(`a page links to ${file}, which is no file`);
    if (pageOf(file).endsWith('.md')) write(pageOf(file).slice(1), codePage(file, text));
    else {
      const copy = join(folder, 'public', pageOf(file));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, file), copy);
    }
  }
  return pages.flatMap(([, page]) => page.figures);
}

/** The list of decisions. */
function listOf(pages: readonly [string, Page][]): string {
  const lines = pages
    .filter(([name]) => name.startsWith('decisions/'))
    .map(([name, { markdown }]) => `- [${/^# (.*)$/m.exec(markdown)![1]}](./${posix.basename(name)})`);
  return `# Decisions\n\nWhat was decided, why, and what follows from it; each on a page.\n\n${lines.join('\n')}\n`;
}

/** A source file as a page of its own; the search looks for words, not for code. */
function codePage(file: string, text: string): string {
  const language = extname(file).slice(1);
  return `---\nsearch: false\nprev: false\nnext: false\n---\n\n# ${posix.basename(file)}\n\n\`${file}\`\n\n\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`;
}
