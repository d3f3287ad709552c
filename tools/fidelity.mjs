// Writes docs/fidelity.md from src/content/en/fidelity.json, which the page shows too: node tools/fidelity.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {{ area: string, kind: string, what: string, real: string, here: string }} Row */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = join(root, 'src/content/en/fidelity.json');
const PAGE = join(root, 'docs/fidelity.md');

const HEAD = `# What is modelled, and how faithfully

The page shows this list under Help. It is made from \`src/content/en/fidelity.json\` by \`node tools/fidelity.mjs\`: edit
the former, run the latter.

The real thing is Linux v6.12.117 and Xen 4.23-dev c447b7308b. "2012" is the multi-page netback tree of circa Linux 3.3,
which was never merged. Each row is of one kind:

- **exact**: the same steps, bytes, numbers and order;
- **composite**: from the 2012 tree, or, where it says "ours", from nowhere;
- **simplified**: the same outcome by a shorter way, or a number that we made up;
- **absent**: not modelled.
`;

/**
 * The text of docs/fidelity.md.
 * @param {readonly Row[]} rows in the order of their areas
 */
export function fidelityPage(rows) {
  const kinds = ['exact', 'composite', 'simplified', 'absent'];
  const counts = kinds.map((kind) => `${rows.filter((row) => row.kind === kind).length} ${kind}`).join(', ');
  const parts = [...new Set(rows.map(({ area }) => area))].map((area) => section(area, rows));
  return `${HEAD}\n${rows.length} rows: ${counts}.\n${parts.join('')}`;
}

/**
 * @param {string} area
 * @param {readonly Row[]} rows
 */
function section(area, rows) {
  const lines = rows
    .filter((row) => row.area === area)
    .map(({ kind, what, real, here }) => `| ${what} | ${kind} | ${real} | ${here} |`);
  return ['', `## ${area}`, '', '| What | Kind | The real thing | Here |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  writeFileSync(PAGE, fidelityPage(JSON.parse(readFileSync(SOURCE, 'utf8'))));
  console.log(`wrote ${PAGE}`);
}
