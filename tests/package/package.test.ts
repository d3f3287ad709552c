import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as runHere } from '../../src/api/sim.ts';
import { readFrom, sourcesOf } from '../../tools/docs/assemble.ts';
import { pageFrom } from '../../tools/docs/source.ts';
import { readSource } from '../architecture/source.ts';
import { bareProject, command, printedBy, ROOT, type Project } from './project.ts';

/** Packing builds: it takes its time, once. */
const LONG = 240_000;

let project: Project;
beforeAll(async () => {
  project = await bareProject();
}, LONG);
afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

/** What a module prints that is put into the project and run by plain Node. */
function printed(code: string): Promise<string> {
  writeFileSync(join(project.folder, 'script.js'), code);
  return printedBy(project.folder, process.execPath, 'script.js');
}

const SCRIPT = `import { run } from 'ringscope/sim';
const handshake = run({ scenario: 'netif-multipage', pages: 2, queues: 2 });
while (handshake.step() !== null);
const { states, rings, maptrack, grant_table } = handshake.state();
console.log(JSON.stringify({
  states,
  rings: rings.map(({ direction, pages, backend }) => [direction, pages, backend.handles.length]),
  mapped: maptrack.length, pinned: grant_table.entries.filter(({ pin }) => pin !== null).length,
  fingerprint: handshake.fingerprint,
}));
`;

describe('the package in a bare project', () => {
  it('holds what it is made for, and nothing else', () => {
    expect(readdirSync(project.installed).sort()).toEqual(['LICENSE', 'README.md', 'lib', 'package.json']);
    expect(readdirSync(join(project.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['ringscope']);
    expect(JSON.parse(readFileSync(join(project.installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
  });

  it('runs the handshake in ten lines, to the state that it has here', async () => {
    const here = runHere({ pages: 2, queues: 2 });
    here.seek('end');
    expect(JSON.parse(await printed(SCRIPT))).toEqual({
      states: { frontend: { published: 4, cached: 4, driver: null }, backend: { published: 4, cached: 4, driver: 4 } },
      rings: [['tx', 2, 2], ['rx', 2, 2], ['tx', 2, 2], ['rx', 2, 2]],
      mapped: 8,
      pinned: 8,
      fingerprint: here.fingerprint,
    });
  });

  it('needs nothing that only Node or only a browser has', () => {
    const file = join(project.installed, 'lib/sim.js');
    const { imports, globals } = readSource('sim.js', readFileSync(file, 'utf8'));
    expect(imports).toEqual([]);
    const others = ['process', 'Buffer', 'require', 'global', 'window', 'document', 'self', 'navigator', 'location', 'fetch'];
    expect(others.filter((name) => globals.has(name))).toEqual([]);
  });

  it('can be loaded where there is no page, as a site is made on a server', async () => {
    const code = `import { mount, RingScopeElement } from 'ringscope';
console.log(typeof mount, typeof RingScopeElement, typeof document);`;
    expect(await printed(code)).toBe('function function undefined\n');
  });

  it('leaves nothing in a bundle that uses nothing of it', async () => {
    const bundled = async (code: string): Promise<string> => {
      const stdin = { contents: code, resolveDir: project.folder };
      const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', write: false, logLevel: 'silent' });
      return outputFiles[0]!.text;
    };
    expect(await bundled(`import { run } from 'ringscope/sim'; import { mount } from 'ringscope';`)).toBe('');
    expect(await bundled(`import { run } from 'ringscope/sim'; run();`)).toContain('xenbus_switch_state');
  });
});

const TYPED = `import { check, run, scenarios, type Run, type State, type Step, type Verdict } from 'ringscope/sim';
const made: Run = run({ pages: 4, backend: 'pvh', choices: [[3, 'toolstack']] });
const step: Step | null = made.seek('map_grant_ref#map_one');
export const where: string = step === null ? '' : \`\${step.function} \${step.cite.path}:\${step.cite.line ?? 0}\`;
export const words: number[] = (step?.changes ?? []).flatMap((change) => (change.cell === 'word' ? [change.after] : []));
export const state: State = made.state();
export const pages: readonly number[] = state.rings.map((ring) => ring.header.req_prod + (ring.backend?.handles.length ?? 0));
export const verdict: Verdict = check({ scenario: scenarios[0]!.id, maxSeconds: 1 });
// @ts-expect-error: there are two kinds of backend
run({ backend: 'hvm' });
// @ts-expect-error: no such option
run({ page: 1 });
`;

describe('the types of the package', () => {
  it.each([
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'nodenext', moduleResolution: 'nodenext' },
  ])('hold for a program of $moduleResolution modules, without those of a browser or of Node', async (modules) => {
    writeFileSync(join(project.folder, 'typed.ts'), TYPED);
    const compilerOptions = { ...modules, target: 'es2022', lib: ['es2022'], types: [], strict: true, skipLibCheck: false, noEmit: true };
    writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    expect(await printedBy(project.folder, ...command('typescript/bin/tsc', '-p', '.'))).toBe('');
  }, LONG);
});

const TYPED_PAGE = `import { mount, type Options, type RingScopeElement, type Summary } from 'ringscope';
const options: Options = { pages: 4, step: 'mapping', theme: 'auto' };
const scope: RingScopeElement = mount(document.body, options);
scope.addEventListener('step', ({ detail: { position, length } }) => console.log(position / length));
scope.addEventListener('click', ({ type }) => console.log(type));
export const found: RingScopeElement | null = document.querySelector('ring-scope');
scope.pages = 8;
export const state: Promise<Summary> = scope.getState();
// @ts-expect-error: there is no such theme
mount(document.body, { theme: 'blue' });
`;

describe('the types for a page', () => {
  it('hold with those of a browser alone', async () => {
    writeFileSync(join(project.folder, 'page.ts'), TYPED_PAGE);
    const compilerOptions = {
      module: 'esnext', moduleResolution: 'bundler', target: 'es2022', lib: ['es2022', 'dom'], types: [], strict: true, skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.ts'] }));
    expect(await printedBy(project.folder, ...command('typescript/bin/tsc', '-p', '.'))).toBe('');
  }, LONG);
});

describe('what is packed', () => {
  // Both end with an error where they find one.
  it.each([['publint', 'All good!'], ['attw', '"ringscope/sim"']])('is in order for %s', async (script, said) => {
    expect(await printedBy(ROOT, 'npm', 'run', '-s', script, '--', project.tarball)).toContain(said);
  }, LONG);
});

describe('what the documents show', () => {
  const { markdown } = pageFrom('package.md', sourcesOf(ROOT).get('package.md')!, readFrom(ROOT));
  const blocks = [...markdown.matchAll(/^```js\n((?:(?!```)[\s\S])*)^```\n\n```\n([\s\S]*?)^```$/gm)].map(([, code, output]) => [code!, output!] as const);

  // Those for a page are run in one, by the browser tests.
  it('is every script that they have for Node', () => {
    expect(blocks.map(([code]) => code).join('\n').match(/from 'ringscope/g)).toHaveLength(markdown.match(/from 'ringscope\/sim'/g)!.length);
    expect(blocks).toHaveLength(5);
  });

  it.each(blocks)('prints what it is said to print: %#', async (code, output) => {
    expect((await printed(code)).trimEnd()).toBe(output.trimEnd());
  }, LONG);
});
