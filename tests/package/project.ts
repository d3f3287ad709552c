/** The package as somebody has it who installs it: packed, and put into an empty project far from this one. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the terminal of somebody has: nothing of the test runner, nor of the npm that started it. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|VITEST)/i.test(name)));

export interface Project {
  readonly folder: string;
  readonly tarball: string;
  /** The installed package. */
  readonly installed: string;
}

/** Runs a program in a folder. @returns what it prints @throws Error with what it printed, where it fails */
export async function printedBy(folder: string, program: string, ...args: string[]): Promise<string> {
  try {
    return (await run(program, args, { cwd: folder, env, maxBuffer: 16 << 20 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** A command of a package of this repository. */
export function command(name: string, ...args: string[]): [program: string, ...args: string[]] {
  return [process.execPath, join(ROOT, 'node_modules', name), ...args];
}

/** Packs, which builds, and installs what was packed, with no network. */
export async function bareProject(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'ringscope-package-'));
  await printedBy(ROOT, 'npm', 'pack', '--pack-destination', folder);
  const [packed] = readdirSync(folder);
  if (packed === undefined) throw new Error('npm pack made nothing');
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await printedBy(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${packed}`);
  return { folder, tarball: join(folder, packed), installed: join(folder, 'node_modules/ringscope') };
}
