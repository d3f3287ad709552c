import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { scenarios } from '../../src/sim/index.ts';
import type { Finding } from './finding.ts';

/** One search: the words that stand behind `npm run -s check --`. */
type Search = readonly string[];

const PAGES = ['1', '2', '4'];
const BACKENDS = ['pv', 'pvh'];

/** The scenarios that must be clean at every width of the matrix. */
const CLEAN = scenarios.filter(({ id }) => /^(netif|close|reconnect|traffic)/.test(id));
const BUGS = scenarios.filter(({ id }) => id.startsWith('bug-'));

/** More than any search of the matrix needs: one that is cut short counts as not clean. */
const NO_LIMIT = '200000000';

/** Where setting up and coming apart are interleaved, one page and one queue make millions of states: no more is asked. */
const SMALL_ONLY: ReadonlySet<string> = new Set(['close-early']);

function matrix(): Search[] {
  const small = BACKENDS.flatMap((backend) =>
    [...SMALL_ONLY].map((id) => ['--scenario', id, '--pages', '1', '--queues', '1', '--backend', backend, '--max-states', NO_LIMIT]),
  );
  // The longest first, so that both processors are busy to the end.
  return [...small, ...wide()];
}

function wide(): Search[] {
  return CLEAN.filter(({ id }) => !SMALL_ONLY.has(id)).flatMap(({ id }) =>
    BACKENDS.flatMap((backend) =>
      ['2', '1'].flatMap((queues) =>
        PAGES.map((pages) => ['--scenario', id, '--pages', pages, '--queues', queues, '--backend', backend, '--max-states', NO_LIMIT]),
      ),
    ),
  );
}

/** Explores every scenario that must be clean, at every width. @returns whether all were explored to their end, clean */
export function runMatrix(): Promise<boolean> {
  return runAll(matrix(), ({ violation, cut }) => violation === null && cut === null);
}

/** Looks for every bug. @returns whether each was found */
export function runBugs(): Promise<boolean> {
  return runAll(BUGS.map(({ id }) => ['--scenario', id]), ({ violation }) => violation !== null);
}

async function runAll(searches: readonly Search[], good: (finding: Finding) => boolean): Promise<boolean> {
  const began = performance.now();
  const waiting = [...searches];
  let bad = 0;
  const work = async (): Promise<void> => {
    for (let search = waiting.shift(); search; search = waiting.shift()) {
      const finding = await searched(search);
      const ok = good(finding);
      if (!ok) bad++;
      process.stdout.write(`${ok ? 'ok  ' : 'BAD '} ${line(search, finding)}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${searches.length - bad} of ${searches.length} as they should be, in ${seconds} s\n`);
  return bad === 0;
}

/** Runs one search in a process of its own, so that its memory goes when it ends. */
async function searched(search: Search): Promise<Finding> {
  const tool = fileURLToPath(new URL('../check.ts', import.meta.url));
  const child = fork(tool, [...search, '--json'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const parts: Buffer[] = [];
  child.stdout!.on('data', (part: Buffer) => parts.push(part));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0 && status !== 1) throw new Error(`check ${search.join(' ')} ended with ${status}`);
  return JSON.parse(Buffer.concat(parts).toString()) as Finding;
}

function line(search: Search, { states, seconds, terminals, violation, cut }: Finding): string {
  const ends = Object.entries(terminals).map(([name, count]) => `${name} ${count}`);
  const found =
    violation === null
      ? ends.join(', ')
      : `${violation.invariant}: ${violation.message}, after ${violation.steps} steps with ${violation.choices.length} choices\n     ${violation.permalink}`;
  const what = search.filter((word) => !word.startsWith('--') && word !== NO_LIMIT).join(' ');
  return `${what.padEnd(34)} ${String(states).padStart(9)} states ${seconds.toFixed(1).padStart(6)} s  ${cut ?? found}`;
}
