/** Opens a built site in a browser: figures show their step and follow the theme, and no page is wider than a phone. */
import { readdirSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { parseLink } from '../../src/store/read-link.ts';
import { launchChromium } from '../page/built.ts';
import { placed } from '../render/place.ts';
import { serveSite } from './build.ts';
import { runOf } from './spot.ts';

/** Only ends what hangs; a slow machine is no fault. */
const PATIENCE = 60_000;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/**
 * Tries the pages at the top of the site, which are all that have figures.
 * @returns what is wrong, a line each
 */
export async function tryOut(out: string, base: string, figures: number): Promise<string[]> {
  const { server, address } = await serveSite(out, base, 0);
  const browser = await launchChromium();
  try {
    const pages = readdirSync(out).filter((name) => name.endsWith('.html') && name !== '404.html');
    const faults: string[] = [];
    let seen = 0;
    for (const name of pages) {
      const found = await tryPage(browser, `${address}${name}`);
      seen += found.figures;
      faults.push(...found.faults.map((fault) => `${name}: ${fault}`));
    }
    if (seen !== figures) faults.push(`${seen} of ${figures} figures were seen`);
    console.log(`${pages.length} pages and ${seen} figures tried in a browser: ${faults.length === 0 ? 'all is well' : `${faults.length} faults`}`);
    return faults;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function tryPage(browser: Browser, address: string): Promise<{ figures: number; faults: string[] }> {
  const faults: string[] = [];
  const page = await browser.newPage({ viewport: DESK, colorScheme: 'light' });
  page.on('pageerror', (error) => faults.push(`an error: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(address).origin) faults.push(`asks another host: ${request.url()}`);
  });
  await page.goto(address);
  const figures = await page.locator('.live-figure').count();
  for (let n = 0; n < figures; n++) faults.push(...(await tryFigure(page, n)));
  faults.push(...(await tryTheme(page)));
  await page.setViewportSize(PHONE);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > PHONE.width) faults.push(`is ${width} px wide on a phone of ${PHONE.width}`);
  await page.close();
  return { figures, faults };
}

/** The figure has become a frame that is at the step of its link, as it says itself when the page around asks. */
async function tryFigure(page: Page, n: number): Promise<string[]> {
  const figure = page.locator('.live-figure').nth(n);
  await figure.scrollIntoViewIfNeeded();
  const frame = figure.locator('iframe');
  await frame.waitFor();
  const wanted = new URL((await frame.getAttribute('src')) ?? '').hash;
  const link = parseLink(wanted);
  const position = link.kind === 'good' ? placed(link.at, runOf(link.run)) : undefined;
  const shown = await frame.evaluate(askFrame, { id: `try-${n}`, position, patience: PATIENCE });
  return shown === position ? [] : [`figure ${n + 1} shows ${shown} and not step ${position} of ${wanted}`];
}

interface Question {
  readonly id: string;
  readonly position: number | undefined;
  readonly patience: number;
}

/** In the page: asks a frame until it is at that step. Gives the step that it shows in the end, or what it says is wrong. */
function askFrame(element: HTMLElement | SVGElement, { id, position, patience }: Question): Promise<number | string> {
  return new Promise((resolve) => {
    const { contentWindow } = element as HTMLIFrameElement;
    const question = { ringscope: 1, type: 'getState', id };
    let last: number | string = 'nothing';
    addEventListener('message', ({ source, data }) => {
      if (source !== contentWindow || data?.ringscope !== 1) return;
      if (data.type === 'error') resolve(data.reason);
      if (data.type !== 'state' || data.id !== id) return;
      last = data.state.position;
      if (last === position) resolve(last);
    });
    // A frame that is not there yet hears nothing, and one that has just begun is at step 0.
    const asking = setInterval(() => contentWindow?.postMessage(question, '*'), 200);
    setTimeout(() => {
      clearInterval(asking);
      resolve(last);
    }, patience);
  });
}

/** Frames turn dark when the page does. */
async function tryTheme(page: Page): Promise<string[]> {
  const frames = page.frames().slice(1);
  if (frames.length === 0) return [];
  await page.locator('.VPSwitchAppearance').first().click();
  const themes = await Promise.all(frames.map((frame) =>
    frame.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark', undefined, { timeout: PATIENCE }).then(() => true, () => false)));
  return themes.flatMap((dark, n) => (dark ? [] : [`figure ${n + 1} stays light on a dark page`]));
}
