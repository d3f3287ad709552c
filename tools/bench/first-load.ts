import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './page.ts';
import { atMost, forInformation, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import { installDriver } from './driver.ts';

const KIB = 200;

/**
 * What the page asks its server for, worker included, until the first step can be made: scripts and style sheets,
 * each as gzip makes it at its usual level. The step is made, to be sure.
 */
export async function firstLoad(bench: Bench): Promise<Figure[]> {
  bench.requested.length = 0;
  const page = await bench.open({ txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' });
  const asked = [...new Set(bench.requested)].filter((path) => path !== '/');
  await installDriver(page);
  await page.evaluate(() => globalThis.driver.press('ArrowRight'));
  await page.close();
  const sizes = asked.map((path) => [path, gzipSync(readFileSync(join(bench.folder, path))).length / 1024] as const);
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
