// Builds the documentation site, RingScope in it, and looks at every link: npm run docs [-- --base /path/] [--out DIR]
// [--serve [--port N]] [--check]. --serve serves it on this machine; --check tries it in a browser.
// Exit status: 0 all resolves, 1 something does not, 2 the command line or a page's source cannot be used.
import { join } from 'node:path';
import { ask } from './docs/ask.ts';
import type { Asked } from './docs/ask.ts';
import { assemble, SOURCES } from './docs/assemble.ts';
import { buildSite, serveSite } from './docs/build.ts';
import { lookAt } from './docs/links.ts';
import { tryOut } from './docs/try-out.ts';
import { UsageError } from './options.ts';
import { ROOT } from './page/built.ts';

/** @returns what is wrong, a line each */
async function make({ base, out, check }: Asked): Promise<readonly string[]> {
  const written = assemble(ROOT, join(ROOT, SOURCES, '.pages'));
  await buildSite(ROOT, out, base);
  const { pages, figures, links, faults } = lookAt(out, base);
  const all = [...faults];
  if (figures !== written.length) all.push(`${written.length} figures were written, ${figures} are on the pages`);
  console.log(`${pages} pages, ${figures} figures, ${links} links: ${all.length === 0 ? 'all resolve' : `${all.length} do not resolve`}`);
  if (check && all.length === 0) all.push(...(await tryOut(out, base, written.length)));
  return all;
}

try {
  const asked = ask(process.argv.slice(2));
  const faults = await make(asked);
  for (const fault of faults) console.error(`docs: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  if (asked.serve) {
    const { address } = await serveSite(asked.out, asked.base, asked.port);
    console.log(`the site: ${address}  (Ctrl-C ends it)`);
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`docs: ${error.message}`);
  process.exitCode = 2;
}
