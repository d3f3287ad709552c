import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { edges, readFiles, violations } from './check.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the check says of one file with this text. */
function check(path: string, text: string): string[] {
  return violations(new Map([[path, text]]));
}

describe('the import table', () => {
  it('is kept by every file of src and tools', () => {
    const files = readFiles(root, ['src', 'tools']);
    expect(files.size).toBeGreaterThan(10);
    expect(violations(files)).toEqual([]);
  });
});

describe('the check of the import table', () => {
  it.each([
    ['src/base/a.ts', `import { x } from '../abi/x.ts';`, 'layer base may not import layer abi'],
    [
      'src/sim/machine/a.ts',
      `export * from '../xen/x.ts';`,
      'layer sim/machine may not import layer sim/xen',
    ],
    ['src/sim/xenstore/a.ts', `import '../xen/x.ts';`, 'layer sim/xenstore may not import layer sim/xen'],
    [
      'src/sim/kernel/a.ts',
      `import { x } from '../drivers/netback.ts';`,
      'layer sim/kernel may not import layer sim/drivers/netback',
    ],
    [
      'src/sim/drivers/netfront/a.ts',
      `import { x } from '../netback.ts';`,
      'layer sim/drivers/netfront may not import layer sim/drivers/netback',
    ],
    [
      'src/sim/machine/a.ts',
      `import { useState } from 'react';`,
      'layer sim/machine may not import package react',
    ],
    [
      'src/engine/host.ts',
      `import type { X } from '../sim/machine/x.ts';`,
      'layer engine may not import layer sim/machine',
    ],
    [
      'src/engine/host.ts',
      `let x: import('../sim/xen/x.ts').X;`,
      'layer engine may not import layer sim/xen',
    ],
    [
      'src/store/a.ts',
      `new Worker(new URL('../engine/engine.worker.ts', import.meta.url));`,
      'layer store may not import layer engine/worker',
    ],
    [
      'src/panels/story/Panel.tsx',
      `import { x } from '../lenses/x.ts';`,
      'layer panels/story may not import layer panels/lenses',
    ],
    [
      'src/panels/story/Panel.tsx',
      `const x = await import('../../sim/index.ts');`,
      'layer panels/story may not import layer sim/index',
    ],
    ['src/geometry/a.ts', `import { useState } from 'react';`, 'layer geometry may not import package react'],
    [
      'src/content/a.ts',
      `import { x } from '../abi/x.ts';`,
      'layer content may import only types from layer abi',
    ],
    [
      'tools/trace.ts',
      `import { x } from '../src/engine/host.ts';`,
      'layer tools may not import layer engine',
    ],
    [
      'tools/trace.ts',
      `import { x } from '../src/sim/check/x.ts';`,
      'layer tools may not import layer sim/check',
    ],
    [
      'src/app/a.ts',
      `import json from '../../package.json';`,
      'package.json belongs to no layer of the import table',
    ],
  ])('refuses in %s: %s', (path, text, fault) => {
    expect(check(path, text)).toEqual([expect.stringMatching(new RegExp(`^${path} imports .*: ${fault}$`))]);
  });

  it('refuses a file outside the layout', () => {
    expect(check('src/utils/a.ts', '')).toEqual(['src/utils/a.ts: belongs to no layer of the import table']);
  });

  it.each([
    ['src/engine/host.ts', 'self.postMessage(1);', 'self', 'engine'],
    ['src/engine/host.ts', 'const { window: w } = { window };', 'window', 'engine'],
    ['src/sim/xen/a.ts', 'const at = Date.now();', 'Date', 'sim/xen'],
    ['src/sim/xen/a.ts', 'const x = Math.random();', 'Math.random', 'sim/xen'],
    ['tools/trace.ts', 'document.title;', 'document', 'tools'],
  ])('refuses in %s: %s', (path, text, mention, layer) => {
    expect(check(path, text)).toEqual([`${path} uses ${mention}: layer ${layer} may not`]);
  });

  it('refuses a word of Xen in a name of a layer that knows nothing of Xen', () => {
    expect(check('src/sim/machine/a.ts', 'const grantRef = 8;')).toEqual([
      'src/sim/machine/a.ts has the name grantRef: layer sim/machine knows nothing of it',
    ]);
  });

  it.each([
    ['src/engine/engine.worker.ts', `import { host } from './host.ts'; self.onmessage = host;`],
    [
      'src/engine/client.ts',
      `new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });`,
    ],
    ['src/engine/client.ts', `import Engine from './engine.worker.ts?worker';`],
    ['src/engine/host.ts', `import type { X } from '../sim/index.ts';`],
    ['src/sim/drivers/netfront/setup.ts', `import { x } from './x.ts'; import { y } from '../netfront.ts';`],
    ['src/sim/check/a.ts', `import { x } from '../drivers/netback.ts';`],
    ['src/content/a.ts', `import type { X } from '../abi/x.ts'; import steps from './en/steps.json';`],
    [
      'src/panels/story/Panel.tsx',
      `import '@xyflow/react/dist/style.css'; import css from './story.module.css';`,
    ],
    ['tools/trace.ts', `import { argv } from 'node:process'; import { run } from '../src/sim/index.ts';`],
    ['src/sim/xen/a.ts', `const window = 1; const f = ({ self: [location] }) => window + location;`],
    [
      'src/sim/machine/a.ts',
      `// grants live elsewhere; import '../xen/x.ts'\nconst s = 'window'; s.self; ({ Date: 1 });`,
    ],
  ])('accepts in %s: %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  it('refuses what it cannot read', () => {
    expect(() => check('src/base/a.ts', 'const = 1;')).toThrow('src/base/a.ts does not parse');
    expect(() => check('src/base/a.ts', 'await import(name);')).toThrow(
      'imports something that is not a literal',
    );
  });
});

describe('the printed graph', () => {
  it('has an edge for each import that leaves its layer', () => {
    const files = new Map([
      ['src/abi/a.ts', `import { b } from './b.ts'; import { c } from '../base/c.ts';`],
      ['tools/trace.ts', `import { readFileSync } from 'node:fs';`],
    ]);
    expect(edges(files)).toEqual([
      { from: 'abi', to: 'base' },
      { from: 'tools', to: 'node:*' },
    ]);
  });
});
