/**
 * `npm test`: everything that is checked, one stage after another. No stage stops the next; each says why it
 * failed. The last line is `N passed, N failed`; the exit status is 0 only if nothing failed. Runs on Node
 * alone: packages, and on Debian as root the browser, are installed when missing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './support/chromium.mjs';
import { parseCounts, report, staticStage, testStage, total } from './support/counts.mjs';
import { ensureInstalled } from './support/installed.mjs';

/** @import { Stage } from './support/counts.mjs' */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'ringscope-test-'));

try {
  const stages = runAll();
  const { failed, line } = total(stages);
  console.log(`\n${report(stages)}\n${line}`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @returns {Stage[]} */
function runAll() {
  const noPackages = failureOf(() => ensureInstalled(root));
  if (noPackages !== undefined) return [staticStage('packages', [noPackages])];

  return [
    check('types', 'typescript/bin/tsc', ['-b']),
    check('lint', 'oxlint/bin/oxlint', ['--type-aware']),
    check('knip', 'knip/bin/knip.js', []),
    count('vitest', (env) =>
      run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=./tests/reporters/vitest.ts'], env),
    ),
    count('playwright', (env) => {
      let browser = '';
      const none = failureOf(() => {
        browser = ensureChromium();
      });
      if (none !== undefined) return none;
      const args = ['test', '--reporter=list,./tests/reporters/playwright.ts'];
      return run('@playwright/test/cli.js', args, { ...env, CHROME_PATH: browser });
    }),
  ];
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 * @returns {Stage}
 */
function check(name, script, args) {
  console.log(`\n== ${name}`);
  const reason = run(script, args);
  return staticStage(name, reason === undefined ? [] : [reason]);
}

/**
 * @param {string} name
 * @param {(env: Record<string, string>) => string | undefined} runTests gives the reason if the runner failed
 * @returns {Stage}
 */
function count(name, runTests) {
  console.log(`\n== ${name}`);
  const file = join(scratch, `${name}.json`);
  const ended = runTests({ COUNTS_FILE: file });
  let written = '';
  // A runner that crashed has written nothing: testStage says so.
  failureOf(() => {
    written = readFileSync(file, 'utf8');
  });
  return testStage(name, ended, parseCounts(written));
}

/**
 * Runs a package's command under this Node, so that neither PATH nor a shell matters.
 * @param {string} script its path inside node_modules
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {string | undefined} how it failed, or undefined
 */
function run(script, args, env = {}) {
  const inherited = { ...process.env };
  // The runners set their own, and a production build of React refuses to be tested.
  delete inherited['NODE_ENV'];
  // A wrong path is the browser tests' failure alone, though others load their configuration too.
  delete inherited['CHROME_PATH'];
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...inherited, ...env },
  });
  if (result.error) return `${script} could not be started: ${result.error.message}`;
  if (result.signal) return `${script} was ended by ${result.signal}`;
  return result.status === 0
    ? undefined
    : `${script} ended with status ${result.status}; its output above says why`;
}

/**
 * @param {() => void} action
 * @returns {string | undefined} the message of what it threw
 */
function failureOf(action) {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
