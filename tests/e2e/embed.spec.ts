import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copied, expect, expectOpen, expectStep, here, link, open, SMALL, test } from './ringscope.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 760 } });

/** Another origin, whose page shows the markup it is given. */
let host: Server;
let markup = '';

test.beforeAll(async () => {
  host = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A manual</title><link rel="icon" href="data:,">
      <input aria-label="Search the manual">${markup}`);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
});

test.afterAll(async () => {
  host.closeAllConnections();
  await new Promise((resolve) => host.close(resolve));
});

function hostAddress(): string {
  return `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
}

test('the embed button’s markup shows the step in a page of another origin', async ({ page, baseURL }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position } = await here(page);
  markup = await copied(page, 'Embed');
  expect(markup).toContain(`src="${baseURL}?embed#`);

  await page.goto(hostAddress());
  const frame = page.frameLocator('iframe');
  await expectStep(frame, position);
  await expect(frame.getByRole('main', { name: 'Stage' })).toBeVisible();
  await expect(frame.getByRole('heading', { name: /^TX ring, 1 page/ })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Story' })).toHaveCount(0);
  await expect(frame.getByRole('slider', { name: 'Position in the run' })).toBeVisible();
  await expect(frame.getByRole('link', { name: /^Open this step in RingScope/ })).toHaveAttribute(
    'href',
    new RegExp(`^${baseURL?.replaceAll('.', '\\.')}#v1\\.`),
  );

  const buttons = frame.getByRole('region', { name: 'Transport' }).getByRole('button');
  expect(await buttons.count()).toBeGreaterThan(4);
  const rows = () => buttons.evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);
  await expect.poll(rows).toBe(1);
});

test('an embedded page steps by clicking and takes keys only with the focus', async ({ page, baseURL }) => {
  const source = `${baseURL}?embed${link(SMALL)}`;
  markup = `<iframe src="${source}" title="RingScope" width="1200" height="640"></iframe>`;
  await page.goto(hostAddress());
  const frame = page.frameLocator('iframe');
  await expectOpen(frame);

  // Were one of these keys taken, the click after them would lead elsewhere.
  const search = page.getByRole('textbox', { name: 'Search the manual' });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await search.click();
  await page.keyboard.type('a b');
  await page.keyboard.press('ArrowRight');
  await frame.getByRole('button', { name: 'Into' }).click();
  await expectStep(frame, 1);
  await expect(search).toHaveValue('a b');

  await page.keyboard.press('ArrowRight');
  await expectStep(frame, 2);
  await page.keyboard.press('ArrowLeft');
  await expectStep(frame, 1);

  await search.click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await frame.getByRole('button', { name: 'Into' }).click();
  await expectStep(frame, 2);
});
