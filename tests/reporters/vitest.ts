import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import { writeCounts } from './write-counts.ts';

/**
 * Counts vitest's tests. Whatever did not pass has failed: skipped and unfinished tests, files and suites
 * that broke outside a test, errors nobody caught.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.result().state === 'passed') passed += 1;
        else failed += 1;
      }
      if (module.errors().length > 0) failed += 1;
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) failed += 1;
      }
    }
    writeCounts(passed, failed);
  }
}
