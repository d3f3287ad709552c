// Compares the program with recordings: npm run -s conformance -- --kind abi|ring FILE...
// Exit status: 0 all agree, 1 something diverges, 2 an input cannot be used.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkAbi } from './conformance/abi.ts';
import { InputError } from './conformance/cursor.ts';
import { checkRing } from './conformance/ring.ts';
import type { Report } from './conformance/tally.ts';

/** A kind of recording: how a file of it is checked, and what its counts are called. */
interface Kind {
  check(text: string): Report;
  readonly groups: string;
  readonly items: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  abi: { check: checkAbi, groups: 'tables', items: 'facts' },
  ring: { check: checkRing, groups: 'traces', items: 'operations' },
};

const usage = `usage: npm run -s conformance -- --kind ${Object.keys(kinds).join('|')} FILE...`;

/** A message for the person at the keyboard, on one line. */
class UsageError extends Error {}

function parseCommandLine(argv: string[]): { kind: Kind; files: string[] } {
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options: { kind: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UsageError(`${reason}; ${usage}`);
  }
  const { values: { kind: name }, positionals: files } = parsed;
  if (name === undefined) throw new UsageError(`--kind is missing; ${usage}`);
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw new UsageError(`unknown kind '${name}'; ${usage}`);
  if (files.length === 0) throw new UsageError(`no files; ${usage}`);
  return { kind, files };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${file}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`);
  }
}

/** Checks one file, prints what it came to, and returns its exit status. */
function checkFile(kind: Kind, file: string): number {
  try {
    const { groups, items, agree, first } = kind.check(readText(file));
    console.log(`${file}: ${groups} ${kind.groups}, ${items} ${kind.items}, ${agree} agree`);
    if (!first) return 0;
    const { line, where, field, expected, got } = first;
    console.log(`${file}:${line}: first divergence: ${where}, ${field}: expected ${expected}, got ${got}`);
    return 1;
  } catch (error) {
    if (error instanceof InputError) console.error(`${file}:${error.line}: ${error.message}`);
    else if (error instanceof UsageError) console.error(error.message);
    else throw error;
    return 2;
  }
}

function main(argv: string[]): number {
  try {
    const { kind, files } = parseCommandLine(argv);
    return Math.max(...files.map((file) => checkFile(kind, file)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
