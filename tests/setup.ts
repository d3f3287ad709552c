import { afterEach } from 'vitest';

// Tests that ask for a DOM (`@vitest-environment happy-dom`) get it back empty after each test.
if (typeof document !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react');
  // Parts of the page are loaded when they are needed, and that takes its time on a slow machine.
  configure({ asyncUtilTimeout: 20_000 });
  afterEach(cleanup);
}
