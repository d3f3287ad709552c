import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './page.ts';
import { atMost, forInformation, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import { installDriver } from './driver.ts';
import { usableAfter, watchUsable } from './usable.ts';

const KIB = 200;

/**
 * What the page asks its server for, worker included, until the first step can be made: scripts and style sheets,
 * each as gzip makes it at its usual level. By when each request began, as the page itself timed it: what comes later,
 * such as the lenses, comes on demand or in idle time. The step is made, to be sure.
 */
export async function firstLoad(bench: Bench): Promise<Figure[]> {
  bench.requested.length = 0;
  const page = await bench.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await watchUsable(page, 'page');
  await page.goto(bench.bare.page);
  const usable = await usableAfter(page);
  await page.waitForFunction(() => /step 0 of [1-9]/.test(document.body.textContent ?? ''));
  await installDriver(page);
  await page.evaluate(() => globalThis.driver.press('ArrowRight'));
  const asked = [...new Set(bench.requested)].filter((path) => path !== '/');
  // A request is timed once it is answered. One that the page never times would be the worker's own: there are none.
  const times = await page.waitForFunction((paths) => {
    const begun = new Map(performance.getEntriesByType('resource')
      .map(({ name, startTime }) => [new URL(name).pathname, startTime]));
    return paths.every((path) => begun.has(path)) && paths.map((path) => [path, begun.get(path)!] as const);
  }, asked);
  const begun = new Map(await times.jsonValue() || []);
  await page.close();
  const needed = asked.filter((path) => begun.get(path)! <= usable);
  const sizes = needed.map((path) => [path, gzipSync(readFileSync(join(bench.folder, path))).length / 1024] as const);
  const sum = (of: typeof sizes): number => of.reduce((total, [, size]) => total + size, 0);
  const code = sizes.filter(([path]) => /\.(js|css)$/.test(path));
  return [
    atMost(KIB, {
      name: 'first load, scripts and styles',
      value: sum(code),
      unit: 'KiB gzip',
      detail: Object.fromEntries(code.map(([path, size]) => [path, rounded(size)])),
    }),
    forInformation({ name: 'first load, everything asked for', value: sum(sizes), unit: 'KiB gzip' }),
  ];
}
