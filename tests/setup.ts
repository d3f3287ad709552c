import { afterEach } from 'vitest';

// Tests that ask for a DOM (`@vitest-environment happy-dom`) get it back empty after each test.
if (typeof document !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react');
  // Parts of the page are loaded when they are needed, and that takes its time on a slow machine.
  configure({ asyncUtilTimeout: 20_000 });
  afterEach(cleanup);

  // This DOM lays nothing out and tells of no size. The page waits for its root's to know that it is laid out.
  globalThis.ResizeObserver = class implements ResizeObserver {
    private readonly callback: ResizeObserverCallback;
    private due = 0;

    constructor(callback: ResizeObserverCallback) {
      this.callback = callback;
    }

    observe(target: Element): void {
      if (target === document.documentElement) this.due = requestAnimationFrame(() => this.callback([], this));
    }

    unobserve(): void {
      this.disconnect();
    }

    disconnect(): void {
      cancelAnimationFrame(this.due);
    }
  };
}
