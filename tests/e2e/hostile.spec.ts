import {
  anything, array, constantFrom, integer, oneof, record, sample, string as anyString, tuple,
} from 'fast-check';
import type { Frame, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDigits } from '../../src/store/permalink.ts';
import { builtPage, serveManual } from './hosts.ts';
import { expect, expectBegun, expectOpen, expectStep, link, open, SMALL, test } from './ringscope.ts';

test.use({ viewport: { width: 1280, height: 760 } });

/** Of links and of messages each. */
const MANY = 5000;
const SEED = 20_26;

const markup = constantFrom(
  '<img src=x onerror="hacked()">', '"><script>hacked()</script>', '<b>x</b>', 'javascript:hacked()', '</style><svg onload=hacked()>',
  '%3Cimg%20src=x%20onerror=hacked()%3E', '{name}', '__proto__', 'constructor', '\u202E', '\0', '😀'.repeat(50), '.'.repeat(200), '~'.repeat(200),
);
const text = oneof(markup, anyString({ unit: 'binary', maxLength: 40 }), integer().map(String));
const part = oneof({ weight: 3, arbitrary: constantFrom('netif-multipage', '4', '16', '1', '64', 'pv', '-', '0') }, { weight: 1, arbitrary: text });

/** Links of every kind of damage; of some the digits are right, so that what is in them is looked at. */
const links = oneof(
  text.map((body) => `#${body}`),
  tuple(constantFrom('v1', 'v2', 'v3', 'v0', 'v999999999999'), array(part, { maxLength: 13 })).map(([version, parts]) => {
    const body = [version, ...parts].join('.');
    return `#${body}.${checkDigits(body)}`;
  }),
  tuple(constantFrom(link(SMALL, 3)), integer({ min: 1, max: 40 }), text).map(([good, at, put]) => `${good.slice(0, at)}${put}${good.slice(at + 1)}`),
);

const kinds = constantFrom('ping', 'open', 'step', 'seek', 'play', 'pause', 'setTheme', 'getState', 'ready', 'state', 'constructor');
/** Nothing that can be obeyed: where a type is known, what belongs to it is wrong. */
const messages = oneof(
  text,
  record({ ringscope: constantFrom(0, 2, '1', null, -1), type: kinds }),
  record({ ringscope: constantFrom(1), type: oneof(text, integer()) }),
  record({ ringscope: constantFrom(1), type: constantFrom('seek', 'setTheme', 'step', 'play', 'open'), to: constantFrom(-1, 0.5, null), theme: text, how: text, speed: text, link: integer() }),
  record({ ringscope: constantFrom(1), type: constantFrom('seek'), to: markup }),
  record({ ringscope: constantFrom(1), type: constantFrom('open'), link: markup }),
  anything({ withNullPrototype: false }),
);

declare global {
  /** What a text that were run as code would do. */
  var hacked: (() => void) | undefined;
  var harm: number;
}

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.harm = 0;
    globalThis.hacked = () => globalThis.harm++;
  });
}

/** Throws these at the frame as messages, or at the page as addresses that somebody enters, each when the one before was dealt with. */
async function throwAt(target: Frame, items: readonly unknown[], kind: 'link' | 'message'): Promise<number[]> {
  return target.evaluate(async ([all, how]) => {
    const channel = new MessageChannel();
    const turn = (): Promise<void> => new Promise((resolve) => {
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
    const deal = async (item: unknown): Promise<number> => {
      const begun = performance.now();
      if (how === 'link') dispatchEvent(new HashChangeEvent('hashchange', { newURL: new URL(String(item), location.href).href }));
      else dispatchEvent(new MessageEvent('message', { data: item, source: window.parent, origin: 'https://docs.example.org' }));
      await turn();
      return performance.now() - begun;
    };
    let slow: number[] = [];
    for (const [index, item] of all.entries()) if ((await deal(item)) > 100) slow.push(index);
    // What is slow by itself is so again; what the machine or the engine was busy with is not.
    for (let again = 0; slow.length > 0 && again < 10; again++) {
      const still: number[] = [];
      for (const index of slow) if ((await deal(all[index])) > 100) still.push(index);
      slow = still;
    }
    return slow;
  }, [items, kind] as const);
}

const strange = (target: Frame): Promise<string[]> => target.evaluate(() =>
  [...document.querySelectorAll('img, b, object, embed, iframe, base, [onload], [onerror], a[href^="javascript:"]')].map((one) => one.outerHTML));

test('thousands of damaged links do no harm, and the step on screen stays', async ({ page }) => {
  test.setTimeout(240_000);
  await watch(page);
  await open(page, link(SMALL, 3));
  const slow = await throwAt(page.mainFrame(), sample(links, { numRuns: MANY, seed: SEED }), 'link');
  expect(slow).toEqual([]);
  expect(await strange(page.mainFrame())).toEqual([]);
  expect(await page.evaluate(() => globalThis.harm)).toBe(0);
  // And it still works.
  await page.goto(`./${link(SMALL, 5)}`);
  await expectStep(page, 5);
  await expectBegun(page);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 6);
});

test.describe('a frame', () => {
  test.use({ allowed: [/^warning: RingScope does not know this message/] });

  test('to which thousands of malformed messages are sent goes on', async ({ page, baseURL }) => {
    test.setTimeout(240_000);
    await watch(page);
    const manual = await serveManual(() => `<iframe title="RingScope" width="1200" height="600" src="${baseURL}embed.html${link(SMALL, 3)}"></iframe>`);
    await page.goto(manual.address);
    await expectOpen(page.frameLocator('iframe'));
    const frame = page.frames()[1]!;
    const plain = sample(messages, { numRuns: MANY, seed: SEED }).map((one): unknown => JSON.parse(JSON.stringify(one) ?? 'null'));
    expect(await throwAt(frame, plain, 'message')).toEqual([]);
    expect(await strange(frame)).toEqual([]);
    expect(await frame.evaluate(() => globalThis.harm)).toBe(0);
    await page.frameLocator('iframe').getByRole('button', { name: 'Into', exact: true }).click();
    await expectStep(page.frameLocator('iframe'), 4);
    await manual.close();
  });
});

/** In KiB, as servers send them. */
function sizeOf(folder: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) / 1024;
}

test('a frame’s first step needs at most 190 KiB of scripts and styles, the worker included', ({ baseURL }) => {
  const folder = builtPage(baseURL);
  const page = readFileSync(join(folder, 'embed.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\.\/(frame\/[^"]+)"/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(1);
  const worker = readdirSync(join(folder, 'frame')).filter((file) => file.startsWith('engine.worker-'));
  expect(worker).toHaveLength(1);
  expect(sizeOf(folder, [...named, `frame/${worker[0]}`])).toBeLessThanOrEqual(190);
});

test('so does the element’s, which is one file', ({ baseURL }) => {
  expect(sizeOf(builtPage(baseURL), ['ring-scope.js'])).toBeLessThanOrEqual(190);
});

test('the entry of the page waits for nothing before it begins the worker', ({ baseURL }) => {
  const folder = builtPage(baseURL);
  const entry = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  const script = readFileSync(join(folder, entry!), 'utf8');
  expect(script).toContain('new Worker');
  expect(script).not.toMatch(/\bfrom\s*["'`]|(?:^|;)import\s*["'`]/);
});
