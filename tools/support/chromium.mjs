/** Where an installed Chromium is, and how to get one on Debian. Nothing is downloaded from anywhere else. */
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { readOsRelease, runApt } from './apt.mjs';

/**
 * @typedef {object} Machine what the search depends on, so that tests can bring their own
 * @property {NodeJS.Platform} platform
 * @property {Record<string, string | undefined>} env
 * @property {(path: string) => boolean} isExecutable
 */

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** @type {Machine} */
const thisMachine = { platform: process.platform, env: process.env, isExecutable };

/**
 * The places to look in, best first; CHROME_PATH is not among them.
 * @param {Pick<Machine, 'platform' | 'env'>} machine
 * @returns {string[]} absolute paths
 */
export function chromiumCandidates({ platform, env }) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const folders = ['/Applications', ...(env['HOME'] ? [`${env['HOME']}/Applications`] : [])];
    return folders.flatMap((folder) => apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    const files = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return files.flatMap((file) => folders.flatMap((folder) => (folder ? [win32.join(folder, file)] : [])));
  }
  const path = (env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  const folders = new Set(['/usr/bin', '/usr/local/bin', '/snap/bin', ...path]);
  return commands.flatMap((command) => [...folders].map((folder) => posix.join(folder, command)));
}

/**
 * @param {Machine} machine
 * @returns {string | undefined} the executable, or undefined when none is installed
 * @throws {Error} when CHROME_PATH names something that is not an executable file
 */
export function findChromium(machine = thisMachine) {
  const chosen = machine.env['CHROME_PATH'];
  if (chosen) {
    if (machine.isExecutable(chosen)) return chosen;
    throw new Error(`CHROME_PATH is ${chosen}, which is not an executable file`);
  }
  return chromiumCandidates(machine).find(machine.isExecutable);
}

/**
 * May this machine get its Chromium from apt? Ubuntu may not: its `chromium` package only calls for a snap.
 * @param {{ osRelease: string, uid: number | undefined }} machine /etc/os-release; the user
 * @returns {boolean}
 */
export function canInstallChromium({ osRelease, uid }) {
  return uid === 0 && /^ID="?debian"?$/m.test(osRelease);
}

/**
 * Finds a Chromium, installing Debian's own as root where there is none.
 * @returns {string} the executable
 * @throws {Error} with one sentence saying what to install
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstallChromium({ osRelease: readOsRelease(), uid: process.getuid?.() })) {
    console.log('No Chromium is installed; installing the one of Debian.');
    // A failed update is not the end: an index fetched earlier may do.
    runApt(['update']);
    runApt(['install', '-y', 'chromium']);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome: install one, or set CHROME_PATH to its executable.',
  );
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
