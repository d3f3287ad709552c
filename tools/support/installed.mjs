/** Are the packages of package-lock.json installed, and if not, `npm ci`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * The first package that is locked but not installed in that version, or undefined when all are.
 * Optional packages are left out: which of them npm installs depends on the platform.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} present node_modules/.package-lock.json, which npm writes when an install has succeeded
 * @returns {string | undefined} its path, such as `node_modules/react`
 */
export function firstMissing(wanted, present) {
  for (const [path, locked] of Object.entries(wanted.packages ?? {})) {
    if (path === '' || locked.optional === true) continue;
    const found = present.packages?.[path];
    if (found?.version !== locked.version || found?.integrity !== locked.integrity) return path;
  }
  return undefined;
}

/**
 * Installs what package-lock.json asks for, unless it is there already.
 * @param {string} root the directory of package-lock.json
 * @throws {Error} when npm fails; npm has then printed why
 */
export function ensureInstalled(root) {
  const wanted = readLockfile(join(root, 'package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing or is not JSON');
  const present = readLockfile(join(root, 'node_modules', '.package-lock.json')) ?? {};
  const missing = firstMissing(wanted, present);
  if (missing === undefined) return;

  console.log(`Installing packages (${missing} is missing or of another version).`);
  // The build tools are development packages: they are wanted even where NODE_ENV=production.
  const status = runNpm(['ci', '--include=dev'], root);
  if (status !== 0) throw new Error(`npm ci failed with status ${status}`);
}

/**
 * @param {string} path
 * @returns {Lockfile | undefined}
 */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {number | string} the exit status, or what ended or prevented npm
 */
function runNpm(args, cwd) {
  const cli = process.env['npm_execpath'];
  // Under npm its own script is known. Otherwise npm is a command, which on Windows only a shell can start.
  const result = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], { cwd, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status ?? result.error?.message ?? result.signal ?? 'unknown';
}
