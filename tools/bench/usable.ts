import type { Page } from '@playwright/test';

declare global {
  /** Milliseconds from the beginning of the navigation until the page could be used; undefined before. */
  var usableAfter: number | undefined;
}

/** When a page can be used. It runs in the page. */
const usable = {
  /** A run is open, at its beginning, and the button of the next step works. */
  page: () => {
    const into = document.querySelector('[aria-keyshortcuts="ArrowRight"]');
    return into?.getAttribute('aria-disabled') === 'false';
  },
  flow: () => {
    const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
    return nodes.length === 50 && nodes.every(({ style }) => style.visibility === 'visible');
  },
} as const;

/** Has the page write down when it can be used; before it is opened. */
export async function watchUsable(page: Page, which: keyof typeof usable): Promise<void> {
  await page.addInitScript(`globalThis.__name = (named) => named; (${watch.toString()})(${usable[which].toString()})`);
}

/** Waits until the page can be used. @returns milliseconds from the beginning of the navigation until it could */
export async function usableAfter(page: Page): Promise<number> {
  await page.waitForFunction(() => globalThis.usableAfter !== undefined);
  const time = await page.evaluate(() => globalThis.usableAfter);
  if (time === undefined) throw new Error('the page did not become usable');
  return time;
}

/** Writes down when `ready` is first true after a change of the document. It runs in the page, before all else. */
function watch(ready: () => boolean): void {
  const observer = new MutationObserver(() => {
    if (!ready()) return;
    observer.disconnect();
    globalThis.usableAfter = performance.now();
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}
