/** The documentation generators of examples/, and what of each site the checks have to know. */
import type { Page } from '@playwright/test';

export type Scheme = 'light' | 'dark';

export interface Generator {
  /** Its folder in examples/. */
  readonly name: string;
  /** Run in a copy of the example; without `debian`, in its installed packages. */
  readonly build: readonly [command: string, ...args: string[]];
  /** Where that puts the site. */
  readonly site: string;
  /** Debian's packages, where it does not come from npm. */
  readonly debian?: readonly string[];
  /** What is there while the site is dark, and how its own switch is pressed; without it the site is always light. */
  readonly dark?: { readonly is: string; readonly turn: (page: Page, to: Scheme) => Promise<unknown> };
  /** The key that leads to the site's search, and what is there then. */
  readonly search?: { readonly key: string; readonly opens: string };
}

export const GENERATORS: readonly Generator[] = [
  {
    name: 'sphinx',
    debian: ['python3-sphinx', 'python3-sphinx-rtd-theme'],
    build: ['sphinx-build', '-q', '-W', '-b', 'html', '.', '_build'],
    site: '_build',
    search: { key: '/', opens: 'input[name=q]:focus' },
  },
  {
    name: 'mkdocs-material',
    debian: ['mkdocs', 'mkdocs-material'],
    build: ['mkdocs', 'build', '--quiet', '--strict', '--site-dir', '_build'],
    site: '_build',
    dark: { is: 'body[data-md-color-scheme=slate]', turn: (page) => page.locator('[data-md-component=palette] label:visible').click() },
    search: { key: 's', opens: '[data-md-component=search-query]:focus' },
  },
  {
    name: 'docusaurus',
    build: ['npm', 'run', 'build'],
    site: 'build',
    dark: { is: 'html[data-theme=dark]', turn: (page) => page.getByRole('button', { name: /dark and light mode/ }).click() },
  },
  {
    name: 'vitepress',
    build: ['npm', 'run', 'build'],
    site: 'docs/.vitepress/dist',
    dark: { is: 'html.dark', turn: (page) => page.locator('.VPSwitchAppearance:visible').first().click() },
    search: { key: '/', opens: '.VPLocalSearchBox input:focus' },
  },
  {
    name: 'starlight',
    build: ['npm', 'run', 'build'],
    site: 'dist',
    dark: { is: 'html[data-theme=dark]', turn: (page, to) => page.locator('starlight-theme-select select:visible').first().selectOption(to) },
    search: { key: 'Control+k', opens: 'site-search dialog[open] input:focus' },
  },
];
