// Makes what the npm package holds, in lib/: npm run -s package. `npm pack` and `npm publish` begin with it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeCode } from './package/code.ts';
import { ENTRIES } from './package/entries.ts';
import { makeTypes } from './package/types.ts';
import { buildElement } from './build/element.ts';
import { ROOT } from './page/built.ts';

const lib = join(ROOT, 'lib');
rmSync(lib, { recursive: true, force: true });
await makeCode(ROOT, ENTRIES, lib);
await buildElement(lib);
makeTypes(ROOT, Object.values(ENTRIES), join(lib, 'types'));
