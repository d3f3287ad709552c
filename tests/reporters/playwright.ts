import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { writeCounts } from './write-counts.ts';

/**
 * Counts Playwright's tests. Whatever did not end as expected has failed: skipped, flaky and unfinished
 * tests, errors outside a test (a server that did not start, a file that did not load).
 */
export default class CountingReporter implements Reporter {
  private root: Suite | undefined;
  private errors = 0;

  onBegin(_config: FullConfig, root: Suite): void {
    this.root = root;
  }

  onError(): void {
    this.errors += 1;
  }

  onEnd(): void {
    const tests = this.root?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    writeCounts(passed, tests.length - passed + this.errors);
  }
}
