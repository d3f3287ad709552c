import { describe, expect, it } from 'vitest';
import { reached } from '../../tools/package/types.ts';

describe('reached', () => {
  const files: Record<string, string> = {
    'a/one': `import type { B } from '../b.ts';\nexport declare const x: import("./two.ts").Two;\nimport type { P } from 'package.ts';`,
    'a/two': `export type { Two } from './one.ts';`,
    b: `export * from "./c.tsx";`,
    c: '',
    alone: '',
  };

  it('is what the declarations lead to, however they name it, with imports as JavaScript has them', () => {
    const found = reached(['a/one'], (name) => files[name]!);
    expect(Object.fromEntries(found)).toEqual({
      'a/one': `import type { B } from '../b.js';\nexport declare const x: import("./two.js").Two;\nimport type { P } from 'package.ts';`,
      'a/two': `export type { Two } from './one.js';`,
      b: `export * from "./c.js";`,
      c: '',
    });
  });
});
