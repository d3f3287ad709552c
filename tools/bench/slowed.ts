import type { Page } from '@playwright/test';

/** How much slower the processor of a cheap telephone is, as Chromium's own tools have it. */
export const SLOWDOWN = 4;

/** Has the page's main thread run at a fraction of its speed from now on; workers are not slowed. */
export async function slowDown(page: Page, factor = SLOWDOWN): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
}
