import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { vectorPath, vectorText } from './vectors.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ringscope-conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function conformance(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, ['--import', 'tsx', 'tools/conformance.ts', ...args], { cwd: root, encoding: 'utf8' },
  );
  return { status, stdout: stdout.split('\n').slice(0, -1), stderr: stderr.split('\n').slice(0, -1) };
}

describe('conformance', () => {
  it('exits with 0 and one line a file when all agree', () => {
    const abi = vectorPath('abi-x86_64.json');
    const entries = vectorPath('grant-entries.json');
    expect(conformance('--kind', 'abi', abi, entries)).toEqual({
      status: 0,
      stdout: [
        `${abi}: 67 tables, 578 facts, 578 agree`,
        `${entries}: 10 tables, 1623 facts, 1623 agree`,
      ],
      stderr: [],
    });
    const traces = vectorPath('ring-traces.jsonl');
    expect(conformance('--kind', 'ring', traces)).toEqual({
      status: 0, stdout: [`${traces}: 12 traces, 2880 operations, 2880 agree`], stderr: [],
    });
  });

  it('exits with 1 and shows the first divergence', () => {
    const wrong = vectorText('abi-x86_64.json').replace('"DOMID_SELF":32752', '"DOMID_SELF":1');
    const file = written('bad.json', wrong);
    const { status, stdout, stderr } = conformance('--kind', 'abi', file, vectorPath('ring-sizes.json'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: [] });
    expect(stdout).toEqual([
      `${file}: 67 tables, 578 facts, 577 agree`,
      `${file}:68: first divergence: constants, DOMID_SELF: expected 1, got 32752`,
      expect.stringContaining('723 agree'),
    ]);
  });

  it('exits with 2 and one line on stderr when an input cannot be used', () => {
    const usage = 'usage: npm run -s conformance -- --kind abi|ring FILE...';
    const notJson = written('text.json', '{\n"structs": oops}');
    const cases: [string[], string][] = [
      [['--kind', 'nope', 'x'], `unknown kind 'nope'; ${usage}`],
      [['x'], `--kind is missing; ${usage}`],
      [['--kind', 'ring'], `no files; ${usage}`],
      [['--kind', 'ring', '/no/such.jsonl'], '/no/such.jsonl: no such file'],
      [['--kind', 'abi', folder], `${folder}: cannot be read (EISDIR)`],
      [['--kind', 'abi', notJson], `${notJson}:2: not JSON`],
    ];
    for (const [args, message] of cases) {
      expect(conformance(...args)).toEqual({ status: 2, stdout: [], stderr: [message] });
    }
    const unknown = conformance('--colour', '--kind', 'abi', 'x');
    expect(unknown).toMatchObject({ status: 2, stdout: [] });
    expect(unknown.stderr).toEqual([expect.stringContaining("Unknown option '--colour'")]);
  });

  it('goes on to the other files after one that cannot be used, and still exits with 2', () => {
    const sizes = vectorPath('ring-sizes.json');
    const { status, stdout, stderr } = conformance('--kind', 'abi', '/no/such.json', sizes);
    expect({ status, stderr }).toEqual({ status: 2, stderr: ['/no/such.json: no such file'] });
    expect(stdout).toEqual([`${sizes}: 3 tables, 723 facts, 723 agree`]);
  });
});
