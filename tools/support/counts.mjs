/** Adding up the outcomes of the stages of `npm test`. */

/**
 * @typedef {object} Counts what a reporter in tests/reporters/ writes
 * @property {number} passed
 * @property {number} failed
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} reasons why it failed; empty when it passed
 */

/**
 * A stage without tests of its own: types, lint, knip. It counts as one.
 * @param {string} name
 * @param {string[]} reasons why it failed; none if it passed
 * @returns {Stage}
 */
export function staticStage(name, reasons) {
  return { name, passed: reasons.length === 0 ? 1 : 0, failed: reasons.length === 0 ? 0 : 1, reasons };
}

/**
 * A stage that ran tests. A crash, a bad exit and an empty run are failures even where no test failed.
 * @param {string} name
 * @param {string | undefined} ended how the runner ended, in words, or undefined for a clean exit
 * @param {Counts | undefined} counts undefined when the runner left none
 * @returns {Stage}
 */
export function testStage(name, ended, counts) {
  const passed = counts?.passed ?? 0;
  const failed = counts?.failed ?? 0;
  const reasons = [];
  if (failed > 0) reasons.push(`${failed} of ${passed + failed} tests failed or were skipped`);
  if (ended !== undefined && failed === 0) reasons.push(ended);
  if (counts === undefined) reasons.push('the runner left no count of its tests');
  else if (passed + failed === 0) reasons.push('no test was run');
  return { name, passed, failed: reasons.length > 0 ? Math.max(failed, 1) : 0, reasons };
}

/**
 * @param {string} text what a reporter wrote
 * @returns {Counts | undefined} undefined for anything but two whole numbers
 */
export function parseCounts(text) {
  try {
    const { passed, failed } = JSON.parse(text);
    return [passed, failed].every((count) => Number.isSafeInteger(count) && count >= 0)
      ? { passed, failed }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {readonly Stage[]} stages
 * @returns {string} one line a stage saying how it ended and why
 */
export function report(stages) {
  return stages
    .map(({ name, passed, failed, reasons }) =>
      failed === 0
        ? `pass  ${name} (${passed} passed)`
        : `FAIL  ${name} (${passed} passed, ${failed} failed): ${reasons.join('; ')}`,
    )
    .join('\n');
}

/**
 * @param {readonly Stage[]} stages
 * @returns {{ passed: number, failed: number, line: string }} `line` is the last line of `npm test`
 */
export function total(stages) {
  const passed = stages.reduce((sum, stage) => sum + stage.passed, 0);
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  return { passed, failed, line: `${passed} passed, ${failed} failed` };
}
