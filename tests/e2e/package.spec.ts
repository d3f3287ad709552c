import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { bareProject, ROOT } from '../package/project.ts';
import type { Project } from '../package/project.ts';
import { serveFolder } from './hosts.ts';
import type { Host } from './hosts.ts';
import { expect, expectStep, test } from './ringscope.ts';

test.use({ viewport: { width: 1100, height: 800 } });

/** The package, installed in a project that has nothing else. Packing builds: it takes its time, once. */
let project: Project;
const hosts: Host[] = [];

test.beforeAll(async () => {
  test.setTimeout(240_000);
  project = await bareProject();
});

test.afterAll(async () => {
  for (const host of hosts) await host.close();
  rmSync(project.folder, { recursive: true, force: true });
});

/** A page of the project with that code. */
function write(name: string, code: string): void {
  writeFileSync(join(project.folder, name), code);
  writeFileSync(join(project.folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Bare</title><main></main><script type="module" src="./${name}"></script></html>`);
}

async function serve(folder: string): Promise<string> {
  const host = await serveFolder(join(project.folder, folder));
  hosts.push(host);
  return host.address;
}

/** The one code block of the README that has this in it. */
function fromReadme(what: string): string {
  const blocks = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```jsx?\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
  const [found, ...more] = blocks.filter((code) => code.includes(what));
  if (found === undefined || more.length > 0) throw new Error(`the README has ${1 + more.length} blocks with ${what}, or none`);
  return found;
}

test('what the README shows of it does what it says', async ({ page }) => {
  test.setTimeout(180_000);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  write('readme.js', `${fromReadme("from 'ringscope';")}\ndocument.body.append(JSON.stringify(states));`);
  await build({ configFile: false, root: project.folder, base: './', logLevel: 'error', build: { outDir: 'readme', target: 'es2022' } });
  await page.goto(`${await serve('readme')}index.html`);
  const inner = page.locator('ring-scope iframe').contentFrame();
  await expect(inner.getByRole('heading', { name: /^TX ring, 8 pages/ })).toBeVisible();
  await expect(page.locator('body')).toContainText('{"frontend":4,"backend":2}');
  await expect.poll(() => said.filter((one) => /^step \d+ of \d+$/.test(one)).length).toBeGreaterThan(0);
});

const PAGE = `import { mount } from 'ringscope';
const heard = document.createElement('output');
document.querySelector('main').append(heard);
const scope = mount(document.querySelector('main'), { pages: 2, step: 'mapping', panels: 'stage,story', theme: 'light' });
scope.addEventListener('step', ({ detail }) => {
  heard.textContent = \`\${detail.position} of \${detail.length}\`;
});
const other = mount(document.querySelector('main'), { pages: 1, step: 7 });
const { states } = await other.getState();
other.addEventListener('step', () => document.body.append(JSON.stringify(states)));
`;

test('a page of ten lines mounts it twice, as Vite builds it', async ({ page }) => {
  test.setTimeout(180_000);
  write('main.js', PAGE);
  await build({ configFile: false, root: project.folder, base: './', logLevel: 'error', build: { outDir: 'vite', target: 'es2022' } });
  await page.goto(`${await serve('vite')}index.html`);
  const inner = (nth: number) => page.locator('ring-scope').nth(nth).locator('iframe').contentFrame();
  await expect(inner(0).getByRole('heading', { name: /^TX ring, 2 pages/ })).toBeVisible();
  await expect(page.locator('output')).toHaveText(/^\d+ of \d+$/);
  // What comes later lies in the second file.
  await expect(inner(0).getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
  await inner(1).getByRole('region', { name: 'Stage' }).scrollIntoViewIfNeeded();
  await expectStep(inner(1), 7);
  await inner(1).getByRole('button', { name: 'Into', exact: true }).click();
  await expect(page.locator('body')).toContainText('{"frontend":');
  // No page of RingScope is beside it that a step could be opened in.
  await expect(inner(1).getByRole('link')).toHaveCount(0);
});

test('where a bundler leaves the two files behind, the page says where they are', async ({ page }) => {
  test.setTimeout(120_000);
  write('plain.js', `import { mount } from 'ringscope';
mount(document.querySelector('main'), { pages: 1, step: 5, assets: './node_modules/ringscope/lib' });`);
  await bundle({ entryPoints: [join(project.folder, 'plain.js')], bundle: true, format: 'esm', outfile: join(project.folder, 'bundled.js'), logLevel: 'silent' });
  write('bundled-page.js', `import './bundled.js';`);
  await page.goto(`${await serve('')}index.html`);
  const inner = page.locator('ring-scope iframe').contentFrame();
  await expectStep(inner, 5);
});

test('a React page has it as a component, and puts another in its place', async ({ page }) => {
  test.setTimeout(180_000);
  for (const name of ['react', 'react-dom', 'scheduler']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(project.folder, 'node_modules', name));
  }
  write('react.jsx', `${fromReadme('ringscope/react')}
import { createRoot } from 'react-dom/client';
import { createElement, useState } from 'react';
function Manual() {
  const [pages, setPages] = useState(1);
  const [at, setAt] = useState('nowhere');
  const scope = createElement(RingScope, { pages, step: 6, onStep: ({ position, length }) => setAt(position + ' of ' + length), key: 'scope' }, 'A picture');
  return [
    createElement('button', { key: 'b', onClick: () => setPages(pages === 1 ? 4 : 0) }, 'More'),
    createElement('output', { key: 'o' }, at),
    pages > 0 ? scope : createElement(Figure, { key: 'f' }),
  ];
}
createRoot(document.querySelector('main')).render(createElement(Manual));
`);
  await build({ configFile: false, root: project.folder, base: './', logLevel: 'error', build: { outDir: 'react', target: 'es2022' } });
  await page.goto(`${await serve('react')}index.html`);
  const inner = page.locator('ring-scope iframe').contentFrame();
  await expectStep(inner, 6);
  await expect(page.locator('output')).toHaveText(/^6 of \d+$/);
  const [, length] = (await page.locator('output').textContent())!.split(' of ');
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.locator('output')).not.toHaveText(`6 of ${length}`);
  await expectStep(inner, 6);
  await page.getByRole('button', { name: 'More' }).click();
  // The figure of the README in its place.
  await expect(page.locator('ring-scope')).toHaveCount(1);
  await expect(page.locator('ring-scope')).toHaveAttribute('step', 'mapping');
  await expect(inner.getByRole('heading', { name: /^TX ring, 4 pages/ })).toBeVisible();
});
