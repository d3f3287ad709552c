/**
 * Pictures of the page, for people to look at: `npm run -s screenshots [-- --folder DIR]`. The page is the production build,
 * made in a temporary folder; the pictures are PNGs in `screenshots/`, or the folder that is given. It goes on where one
 * cannot be made, says which and why, and ends with 1.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPage, launchChromium, ROOT, servePage } from './page/built.ts';
import { PICTURES } from './screenshots/pictures.ts';
import { fileOf, shotsOf, take } from './screenshots/take.ts';

const USAGE = 'usage: screenshots [--folder DIR]';

/** Takes them all. @returns what went wrong, a line a picture */
async function takeAll(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const built = mkdtempSync(join(tmpdir(), 'ringscope-screenshots-'));
  try {
    await buildPage(ROOT, built);
    const { server, address } = await servePage(built);
    const browser = await launchChromium();
    const failures: string[] = [];
    for (const shot of shotsOf(PICTURES)) {
      console.error(`screenshots: ${fileOf(shot)}`);
      await take(browser, address, shot, folder).catch((error: unknown) => {
        failures.push(`${fileOf(shot)}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    await browser.close();
    await server.close();
    return failures;
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function folderOf(args: string[]): string | null {
  try {
    const { folder } = parseArgs({ args, options: { folder: { type: 'string', default: 'screenshots' } } }).values;
    return resolve(folder);
  } catch (error) {
    console.error(`screenshots: ${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return null;
  }
}

const folder = folderOf(process.argv.slice(2));
if (folder === null) process.exitCode = 2;
else {
  const failures = await takeAll(folder);
  for (const failure of failures) console.error(`screenshots: no picture ${failure}`);
  console.error(`screenshots: ${shotsOf(PICTURES).length - failures.length} pictures in ${folder}`);
  if (failures.length > 0) process.exitCode = 1;
}
