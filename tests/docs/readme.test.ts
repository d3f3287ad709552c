import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRun, wholeOption } from '../../tools/options.ts';
import { scenarios } from '../../src/sim/index.ts';
import { groupScenarios } from '../../src/store/scenarios.ts';
import { LENSES } from '../../src/store/store.ts';
import { ask } from '../../tools/render/ask.ts';
import { content } from '../../tools/render/content.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { blocksOf, npmLines } from './markdown.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(text('package.json')) as { scripts: Readonly<Record<string, string>> };
const decisions = readdirSync(join(root, 'docs/adr')).map((name) => `docs/adr/${name}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'docs/fidelity.md', ...decisions];

function text(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The blocks inside fences of a page, as lines. */
function blocks(path: string): string[][] {
  return blocksOf(text(path));
}

/** What a tool prints, as lines. */
function output(tool: string, args: readonly string[]): string[] {
  const node = ['--import', 'tsx', `tools/${tool}.ts`, ...args];
  return spawnSync(process.execPath, node, { cwd: root, encoding: 'utf8' }).stdout.split('\n');
}

describe('commands in the documents', () => {
  it.each(['README.md', 'CONTRIBUTING.md'])('%s: each names a script that exists', (path) => {
    const lines = npmLines(blocks(path).flat());
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map(({ script }) => script).filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('README.md: options of a trace are options, and recordings are files', () => {
    const lines = npmLines(blocks('README.md').flat());
    const traces = lines.filter(({ script }) => script === 'trace');
    expect(traces.length).toBeGreaterThan(1);
    for (const { args } of traces) {
      const { values } = parseRun(args, { final: { type: 'boolean' }, json: { type: 'boolean' } });
      expect(wholeOption(values, 'pages')).toBeGreaterThan(0);
    }
    const files = lines.filter(({ script }) => script === 'conformance').flatMap(({ args }) => args.slice(2));
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('README.md: options of a picture are options, and the step is one', () => {
    const pictures = npmLines(blocks('README.md').flat()).filter(({ script }) => script === 'render');
    expect(pictures).toHaveLength(4);
    for (const { args } of pictures) {
      const asked = ask(args.map((arg) => arg.replaceAll("'", '')));
      expect(content(asked)).toContain(asked.kind === 'mmd' ? 'sequenceDiagram' : '<svg');
    }
  });

  it('README.md: what it shows of a trace or a comparison is what they print', () => {
    const all = blocks('README.md');
    const shown = all.flatMap((block, i) => {
      const runs = npmLines(block).filter(({ script }) => script === 'trace' || script === 'conformance');
      return runs.length > 0 && runs.length === block.length ? [{ runs, lines: all[i + 1] ?? [] }] : [];
    });
    expect(shown.length).toBe(3);
    for (const { runs, lines } of shown) {
      const printed = new Set(runs.flatMap(({ script, args }) => output(script, args)));
      expect(lines.filter((line) => !printed.has(line))).toEqual([]);
    }
  });

  it('README.md: counts the scenarios as the menu groups them, and names every lens', () => {
    const readme = text('README.md').replaceAll(/\s+/g, ' ');
    const numbers = ['eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen'];
    const count = (wanted: string) => numbers[groupScenarios(scenarios).find(({ group }) => group === wanted)!.scenarios.length - 8];
    expect(readme).toContain(`packets; ${count('faults')} faults; ${count('bugs')} seeded bugs.`);
    expect(readme).toContain(`and ${count('bugs')} seeded bugs; seven lenses (${LENSES.join(', ')})`);
    expect(LENSES).toHaveLength(7);
  });

  it('README.md: links into the page can be followed', () => {
    const links = blocks('README.md').flat().flatMap((line) => /#v[12]\.[^"'\s]+/.exec(line) ?? []);
    expect(links).toHaveLength(5);
    expect(links.map((link) => [link, parseLink(link).kind])).toEqual(links.map((link) => [link, 'good']));
  });
});

describe('links in the documents', () => {
  it.each(pages)('%s: each leads to a file', (path) => {
    const targets = [...text(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const local = targets.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
    expect(local.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });
});

describe('decisions', () => {
  it.each(decisions)('%s has context, decision and consequences in fewer than 40 lines', (path) => {
    const lines = text(path).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(40);
    const headings = lines.filter((line) => line.startsWith('## '));
    expect(headings).toEqual(expect.arrayContaining(['## Context', '## Decision', '## Consequences']));
  });
});
