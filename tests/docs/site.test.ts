import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import config from '../../docs/site/.vitepress/config.mjs';
import { lendAPage } from '../../docs/site/examples/lend-a-page.ts';
import { readOptions } from '../../src/embed/options.ts';
import { recordRun } from '../../src/sim/index.ts';
import { ringEntries } from '../../src/store/config.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { ask } from '../../tools/docs/ask.ts';
import { readFrom, sourcesOf } from '../../tools/docs/assemble.ts';
import { readFigure } from '../../tools/docs/figure.ts';
import { lookAt } from '../../tools/docs/links.ts';
import { pageFrom, pageOf, sectionOf } from '../../tools/docs/source.ts';
import { blocksOf, npmLines } from './markdown.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = readFrom(root);
const sources = sourcesOf(root);
const { scripts } = JSON.parse(read('package.json')!) as { scripts: Readonly<Record<string, string>> };

function page(name: string) {
  return pageFrom(name, sources.get(name)!, read);
}

describe('pages of the site', () => {
  it.each([...sources.keys()])('%s: directives can be followed, files that it links to are there, commands exist', (name) => {
    const { markdown, files } = page(name);
    expect(markdown).not.toMatch(/<!-- (?:include|code):|^```figure|\]\(step:|\{cite:/m);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    // Code is shown file by file: a folder has no page.
    expect(files.filter((file) => pageOf(file).startsWith('/code/') && read(file) === undefined)).toEqual([]);
    const run = npmLines(blocksOf(markdown).flat()).map(({ script }) => script);
    expect(run.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('hosting: options of docs are options', () => {
    const lines = npmLines(blocksOf(page('hosting.md').markdown).flat()).filter(({ script }) => script === 'docs');
    expect(lines.length).toBeGreaterThan(3);
    for (const { args } of lines) expect(ask(args).base).toMatch(/^\/(?:.*\/)?$/);
  });

  it('has figures whose links can be followed and whose options the frame knows', () => {
    const figures = [...sources.keys()].flatMap((name) => page(name).figures);
    expect(figures.length).toBeGreaterThan(12);
    for (const { title, link, options } of figures) {
      expect([title, parseLink(link).kind, readOptions(options).problems]).toEqual([title, 'good', []]);
    }
  });

  it('is reached from the sidebar, every page but single decisions', () => {
    const listed = config.themeConfig.sidebar.flatMap(({ items }) => items.map(({ link }) => (link.endsWith('/') ? `${link}index` : link)));
    const pages = [...sources.keys()].filter((name) => !name.startsWith('decisions/')).map((name) => `/${name.replace('.md', '')}`);
    expect([...listed].sort()).toEqual([...pages, '/decisions/index'].sort());
  });

  it('says of embedding, hosting, reading and fidelity what the repository says', () => {
    const passages: readonly [string, string, string?][] = [
      ['embed.md', 'README.md', 'in-your-page'],
      ['package.md', 'README.md', 'as-a-package'],
      ['hosting.md', 'README.md', 'hosting'],
      ['reading.md', 'README.md', 'how-to-read-the-code-in-ten-minutes'],
      ['fidelity.md', 'docs/fidelity.md'],
      ['scenario.md', 'CONTRIBUTING.md', 'adding-a-scenario'],
    ];
    const plain = (text: string): string => text.replaceAll(/\]\([^)]*\)(?:\{[^}]*\})?/g, ']');
    for (const [name, file, anchor] of passages) {
      const passage = plain(sectionOf(read(file)!, anchor, file));
      expect(passage.length).toBeGreaterThan(100);
      expect(plain(page(name).markdown)).toContain(passage);
    }
  });

  it('answers all twelve questions', () => {
    const questions = page('questions.md').markdown.match(/^## \d+\. .*\?$/gm) ?? [];
    expect(questions.map((line) => Number(/\d+/.exec(line)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('states numbers of rings that the model has', () => {
    const text = page('questions.md').markdown.replaceAll(/\s+/g, ' ');
    const [slots, small] = [ringEntries('tx', 16), ringEntries('tx', 1)];
    expect(text).toContain(`${slots}. (${16 * 4096} − 64) / 12 would be ${Math.floor((16 * 4096 - 64) / 12)}`);
    const last = Math.floor((64 + slots * 12 - 1) / 4096);
    expect(text).toContain(`64 + ${slots} × 12 bytes end in page ${last}`);
    expect(text).toContain(`pages ${last + 1} to 15`);
    expect(text).toContain(`${small} TX slots, one page, hold ${(small * 4096) / 2 ** 20} MiB at a page a slot, or ${Math.floor(small / 18)} packets`);
    expect(text).toContain(`${slots} slots hold ${(slots * 4096) / 2 ** 20} MiB, or ${Math.floor(slots / 18)} packets`);
  });

  it('shows of the worked scenario what is in its file, and the steps that it makes', () => {
    const blocks = blocksOf(page('scenario.md').markdown).map((lines) => lines.join('\n'));
    const { records } = recordRun(lendAPage, lendAPage.defaults);
    expect(blocks).toContain(records.map(({ step }) => step).join('\n'));
    const file = readFileSync(join(root, 'docs/site/examples/lend-a-page.ts'), 'utf8');
    const shown = blocks.filter((block) => file.includes(block)).join('\n');
    const code = file.split('\n').filter((line) => line !== '' && !line.startsWith('// '));
    expect(code.filter((line) => !shown.includes(line))).toEqual([]);
  });
});

describe('a directive that cannot be followed', () => {
  const files: Record<string, string> = { 'a.md': '# A\n\n## Part\n\nwords\n', 'a.ts': '// #region one\nconst a = 1;\n// #endregion\n' };
  const make = (text: string) => pageFrom('x.md', 'docs/site/x.md', (path) => ({ ...files, 'docs/site/x.md': text })[path]);

  it.each([
    ['<!-- include: b.md -->', 'there is no file b.md'],
    ['<!-- include: a.md#none -->', 'a.md has no heading none'],
    ['<!-- code: a.ts#two -->', 'a.ts has no region two'],
    ['[a](step:nowhere)', 'there is no chapter nowhere'],
    ['[a](step:0?pages=3)', '3'],
    ['{cite:no_such_function}', 'no run of the site comes to a function no_such_function'],
    ['[a](./none.md)', 'there is no file docs/site/none.md'],
    ['```figure\ntitle: T\n```', 'a figure needs a title, and at or chapter'],
    ['```figure\ntitle: T\nat: 0\ncolour: red\n```', 'a figure has no colour'],
    ['```figure\ntitle: T\nchapter: mapping\nat: 3\n```', '3 is step 3, outside of what is shown, 450 to 493'],
  ])('%s', (text, message) => {
    expect(() => make(text)).toThrow(/^docs\/site\/x\.md: /);
    expect(() => make(text)).toThrow(message);
  });

  it('is left alone in code', () => {
    expect(make('`{cite:x}`\n\n```\n[a](step:nowhere)\n```').markdown).toBe('`{cite:x}`\n\n```\n[a](step:nowhere)\n```');
  });

  it('and what can be followed is what it names', () => {
    expect(make('<!-- include: a.md#part -->').markdown).toBe('words');
    expect(make('<!-- code: a.ts#one -->').markdown).toBe('```ts\nconst a = 1;\n```');
    expect(pageOf('docs/adr/0001-x.md')).toBe('/decisions/0001-x.md');
    expect(readFigure('title: T\nchapter: mapping\npages: 1').options).toBe('from=mapping&to=mapping');
  });
});

describe('the look at a built site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringscope-site-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  it('counts what resolves, and names what does not', () => {
    const { link } = readFigure('title: T\nchapter: mapping');
    put('ringscope/index.html', '<script src="https://far.example/a.js"></script>');
    put('b.html', '<h2 id="here">B</h2>');
    put('index.html', [
      '<a href="./b.html#here">1</a><a href="/at/b.html">2</a><a href="https://far.example/">3</a>',
      `<a data-ring-scope="panels=stage" href="/at/ringscope/${link}">4</a>`,
    ].join(''));
    expect(lookAt(folder, '/at/')).toEqual({ pages: 2, figures: 1, links: 4, faults: [] });

    put('index.html', [
      '<a href="./c.html">1</a><a href="./b.html#gone">2</a><a href="/b.html">3</a><img src="//far.example/a.png">',
      `<a href="./ringscope/index.html${link.slice(0, -1)}">4</a><a href="./ringscope/${link.replace('mapping', 'nowhere')}">5</a>`,
    ].join(''));
    put('a.css', 'p { background: url(https://far.example/a.png) }');
    const { faults } = lookAt(folder, '/at/');
    expect(faults.map((fault) => fault.replace(/^.*: /, ''))).toEqual([
      'there is no such file',
      'there is no such anchor',
      'it leads out of /at/',
      expect.stringContaining('check digits'),
      expect.stringContaining('check digits'),
      'it would be fetched from another host',
      'it would be fetched from another host',
    ]);
  });
});

describe('the command line', () => {
  it.each([[['--base', 'x'], '--base x must begin and end with /'], [['--port', 'x'], '--port x is not a port'], [['--bass'], "Unknown option '--bass'"]])(
    'refuses %j', (args, message) => {
      expect(() => ask(args)).toThrow(message);
    });
});
