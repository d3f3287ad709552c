/**
 * Builds the sites of examples/ with RingScope in them, and looks whether it keeps its promises there:
 * `npm run -s examples [-- NAME...]`. Each site and RingScope are served from origins of their own and opened in Chromium.
 * A line a check; the last is `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from './examples/checks.ts';
import { GENERATORS } from './examples/generators.ts';
import type { Generator } from './examples/generators.ts';
import { buildSite } from './examples/site.ts';
import { buildPage, launchChromium, ROOT } from './page/built.ts';
import { serveFolder } from './page/files.ts';

const counts = { passed: 0, failed: 0 };

/** Does one thing and says how it went. @returns what it gave, or undefined when it failed */
async function tell<T>(what: string, action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    const result = await action();
    counts.passed += 1;
    console.log(`ok      ${what}`);
    return result;
  } catch (error) {
    counts.failed += 1;
    console.log(`FAILED  ${what}\n        ${String(error instanceof Error ? error.message : error).replaceAll('\n', '\n        ')}`);
    return undefined;
  }
}

async function checkAll(generators: readonly Generator[]): Promise<void> {
  const built = mkdtempSync(join(tmpdir(), 'ringscope-built-'));
  await buildPage(ROOT, built);
  const ringscope = await serveFolder(built);
  const browser = await launchChromium();
  try {
    for (const generator of generators) {
      const folder = await tell(`${generator.name}: it is built`, () => buildSite(generator, ringscope.address));
      if (folder === undefined) continue;
      const site = await serveFolder(folder);
      for (const { says, run } of CHECKS) {
        await tell(`${generator.name}: ${says}`, () => run({ generator, browser, site: site.address }));
      }
      await site.close();
    }
  } finally {
    await browser.close();
    await ringscope.close();
    rmSync(built, { recursive: true, force: true });
  }
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !GENERATORS.some((generator) => generator.name === name));
if (unknown.length > 0) {
  console.error(`examples: there is no ${unknown.join(', ')}\nusage: examples [${GENERATORS.map(({ name }) => name).join('|')}]...`);
  process.exitCode = 2;
} else {
  await checkAll(GENERATORS.filter(({ name }) => names.length === 0 || names.includes(name)));
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  if (counts.failed > 0) process.exitCode = 1;
}
