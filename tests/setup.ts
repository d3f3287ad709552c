import { afterEach } from 'vitest';

// Tests that ask for a DOM (`@vitest-environment happy-dom`) get it back empty after each test.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react');
  afterEach(cleanup);
}
