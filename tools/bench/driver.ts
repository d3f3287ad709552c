import type { Page } from '@playwright/test';

/** What the bench does inside the page, so that no message of the tools falls into what is measured. */
export interface Driver {
  /** Sends a key to the page. */
  send(key: string): void;
  /** Presses a key and waits until the page shows another position and has drawn it. */
  press(key: string): Promise<void>;
  /** Presses that key so many times; marks the beginning and the end of each for the trace. */
  pressMarked(key: string, times: number): Promise<void>;
  /** Milliseconds from each press of the pointer to the position that it led to. */
  readonly roundTrips: number[];
  position(): number;
}

declare global {
  var driver: Driver;
}

/** The prefix of the marks that the driver leaves in a trace. */
export const MARK = 'bench';

/** Puts a {@link Driver} into the page, which must have its run open. */
export async function installDriver(page: Page): Promise<void> {
  await page.evaluate((mark) => {
    const transport = document.querySelector('section[aria-label="Transport"]');
    const counter = [...(transport?.querySelectorAll('*') ?? [])].find(
      (element) => element.childElementCount === 0 && /^step \d+ of \d+$/.test(element.textContent ?? ''),
    );
    if (counter === undefined) throw new Error('the transport shows no position');
    const changed = (): Promise<void> =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(counter, { childList: true, characterData: true, subtree: true });
      });
    const press = async (key: string): Promise<void> => {
      const moved = changed();
      globalThis.driver.send(key);
      await moved;
      // The acknowledgement of the frame goes out with the next picture; after the one that follows, all is quiet.
      for (let picture = 0; picture < 2; picture++) await new Promise(requestAnimationFrame);
    };
    const roundTrips: number[] = [];
    addEventListener(
      'pointerdown',
      () => {
        const began = performance.now();
        void changed().then(() => roundTrips.push(performance.now() - began));
      },
      { capture: true },
    );
    globalThis.driver = {
      send(key) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      },
      press,
      async pressMarked(key, times) {
        for (let n = 0; n < times; n++) {
          performance.mark(`${mark}-begin`);
          await press(key);
          performance.mark(`${mark}-end`);
        }
      },
      roundTrips,
      position: () => Number(/\d+/.exec(counter.textContent ?? '')?.[0]),
    };
  }, MARK);
}
