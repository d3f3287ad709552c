/** Builds the examples as their authors do, in copies outside of the sources. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../page/built.ts';
import { readOsRelease, runApt } from '../support/apt.mjs';
import { canInstallChromium } from '../support/chromium.mjs';
import type { Generator } from './generators.ts';

/** Where the examples say that RingScope is. */
const PLACEHOLDER = 'https://example.org/ringscope/';

/** The copies stay here with the packages they need. Not inside node_modules: generators pass over what is there. */
const CACHE = join(tmpdir(), 'ringscope-examples');

/** What was asked for cannot be done here; the message says what to install. */
export class NotInstalled extends Error {}

/**
 * Builds the example's site, with RingScope at `address`. @returns the site's folder
 * @throws NotInstalled when the generator cannot be had; Error with its output when it fails
 */
export function buildSite(generator: Generator, address: string): string {
  const folder = join(CACHE, generator.name);
  copyExample(generator.name, folder, address);
  if (generator.debian === undefined) installFromNpm(folder);
  else installFromDebian(generator.build[0], generator.debian);
  const [command, ...args] = generator.build;
  const { ok, output } = run(command, args, folder);
  if (!ok) throw new Error(`${generator.build.join(' ')} failed: ${output}`);
  return join(folder, generator.site);
}

function copyExample(name: string, folder: string, address: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(folder)) {
    if (entry !== 'node_modules') rmSync(join(folder, entry), { recursive: true });
  }
  cpSync(join(ROOT, 'examples', name), folder, { recursive: true });
  for (const entry of readdirSync(join(ROOT, 'examples', name), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name).replace(join(ROOT, 'examples', name), folder);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(PLACEHOLDER, address));
  }
}

/** Once for each content of package.json. */
function installFromNpm(folder: string): void {
  const wanted = readFileSync(join(folder, 'package.json'), 'utf8');
  const installed = join(folder, 'node_modules', 'installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  const { ok, output } = run('npm', ['install', '--include=dev', '--no-package-lock', '--no-audit', '--no-fund'], folder);
  if (!ok) throw new NotInstalled(`npm install failed: ${output}`);
  writeFileSync(installed, wanted);
}

function installFromDebian(command: string, packages: readonly string[]): void {
  const present = (): boolean => run('dpkg-query', ['-W', ...packages], ROOT).ok;
  if (canInstallChromium({ osRelease: readOsRelease(), uid: process.getuid?.() }) && !present()) {
    runApt(['update']);
    runApt(['install', '-y', ...packages]);
  }
  if (!run(command, ['--version'], ROOT).ok) throw new NotInstalled(`there is no ${command}: apt-get install ${packages.join(' ')}`);
}

/** Runs a command to its end; `output` is the last of what it printed. */
function run(command: string, args: readonly string[], cwd: string): { ok: boolean; output: string } {
  // Vite has set NODE_ENV here by building the page: npm would leave out what sites are built with.
  const env = { ...process.env, NODE_ENV: '', CI: '1', ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const shell = process.platform === 'win32';
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, shell, encoding: 'utf8', maxBuffer: 64 << 20 });
  return { ok: status === 0, output: error?.message ?? `${stdout}${stderr}`.trim().slice(-2000) };
}
