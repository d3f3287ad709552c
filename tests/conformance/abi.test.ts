import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAbi } from '../../tools/conformance/abi.ts';
import { InputError } from '../../tools/conformance/cursor.ts';
import { vectorText } from './vectors.ts';

type Path = (string | number)[];

/** Paths of all leaves that record a result: names of things and inputs are left out. */
function resultLeaves(value: unknown, skip: (path: Path) => boolean, path: Path = []): Path[] {
  if (skip(path)) return [];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    resultLeaves(item, skip, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** A copy of the document in which one leaf is another: a number one higher, a last hex digit changed. */
function damaged(text: string, path: Path): string {
  const copy: unknown = JSON.parse(text);
  let owner: unknown = copy;
  for (const key of path.slice(0, -1)) owner = Reflect.get(Object(owner), key);
  const last = path.at(-1) ?? '';
  const old: unknown = Reflect.get(Object(owner), last);
  const swap = (digit: string): string => (digit === '0' ? '1' : '0');
  Reflect.set(Object(owner), last, typeof old === 'number' ? old + 1 : String(old).replace(/.$/, swap));
  return JSON.stringify(copy);
}

/** Whether the checker objects to the text in one of its two ways. */
function isRefused(text: string): boolean {
  try {
    return checkAbi(text).first !== undefined;
  } catch (error) {
    return error instanceof InputError;
  }
}

const remarks = new Set<string | number>(['source', 'field_format', 'note', 'columns', 'struct']);
const isRemark = (path: Path): boolean => remarks.has(path.at(-1) ?? '');
const isSizeInput = (path: Path): boolean =>
  isRemark(path) || ((path[0] === 'odd_sizes' || path[0] === 'round_down_pow2') && path[3] === 0);

describe.each([
  { name: 'abi-x86_64.json', groups: 67, items: 578, skip: isRemark },
  { name: 'ring-sizes.json', groups: 3, items: 723, skip: isSizeInput },
  { name: 'grant-entries.json', groups: 10, items: 1623, skip: isRemark },
])('$name', ({ name, groups, items, skip }) => {
  const text = vectorText(name);

  it('agrees as recorded', () => {
    expect(checkAbi(text)).toEqual({ groups, items, agree: items, first: undefined });
  });

  it('does not agree when any one result in it is changed', () => {
    const leaves = resultLeaves(JSON.parse(text), skip);
    const changed = fc.constantFrom(...leaves).map((path) => damaged(text, path));
    fc.assert(fc.property(changed, isRefused), { numRuns: 300 });
  });
});

describe('the first divergence', () => {
  it('names line, struct and field, with both values', () => {
    const text = vectorText('abi-x86_64.json')
      .replace('"id":[0,2],"pad":[2,2]', '"id":[0,2],"pad":[2,4]')
      .replace('"DOMID_SELF":32752', '"DOMID_SELF":1');
    const report = checkAbi(text);
    expect(report.agree).toBe(report.items - 2);
    expect(report.first).toEqual({
      line: 22, where: 'struct netif_rx_request', field: 'pad', expected: '[2,4]', got: '[2,2]',
    });
  });

  it('says so when ours has no such struct, field or constant', () => {
    const check = (text: string) => checkAbi(text).first;
    expect(check('{"structs":[\n{"struct":"struct x","size":4,"align":4,"fields":{}}]}'))
      .toEqual({ line: 2, where: 'struct x', field: 'size', expected: '4', got: 'nothing' });
    const send = '{"struct":"struct evtchn_send","size":4,"align":4,"fields":{"valueOf":[0,4]}}';
    expect(check(`{"structs":[${send}]}`))
      .toMatchObject({ field: 'valueOf', got: 'nothing' });
    expect(check('{"constants":{"NOPE":1}}')).toMatchObject({ field: 'NOPE', expected: '1', got: 'nothing' });
  });

  it('is found in an encoded entry and in a decoded one', () => {
    const columns = ['flags', 'domid', 'frame', 'hex'];
    const table = (rows: unknown) => JSON.stringify({ v1: { columns, rows } });
    expect(checkAbi(table([[1, 5, 9, '0100050009000000']])).first).toBeUndefined();
    const report = checkAbi(table([[1, 5, 9, '0100050008000000']]));
    expect(report).toMatchObject({ items: 4, agree: 2 });
    expect(report.first).toMatchObject({
      where: 'struct grant_entry_v1 row 0', field: 'hex', expected: '"0100050008000000"',
      got: '"0100050009000000"',
    });
    expect(checkAbi(table([[1, 5, 9, '01000500']]))).toMatchObject({ items: 4, agree: 0 });
  });

  it('takes columns in any order and other page counts', () => {
    const rows = [[256, 65 * 4096, 65], [256, 100 * 4096, 100]].map(([, byteLength = 0, pages]) =>
      [pages, 2 ** Math.floor(Math.log2((byteLength - 64) / 112)), byteLength]);
    const report = checkAbi(JSON.stringify({ columns: ['pages', 'blkif_ring', 'bytes'], rows }));
    expect(report).toEqual({ groups: 1, items: 4, agree: 4, first: undefined });
  });
});

describe('input that is not a recording', () => {
  it.each([
    ['', 1, 'not JSON'],
    ['{"structs": [\n{"struct": "a",\n "size" 3}]}', 3, 'not JSON'],
    ['{"structs": [\n1,\n2', 3, 'not JSON'],
    ['{"structs": ["\\x"]}', 1, 'not JSON'],
    ['[]', 1, 'expected an object'],
    ['{}', 1, 'neither an abi nor a ring-sizes nor a grant-entries file'],
    ['{"structs":[],\n"extra":{}}', 2, 'extra: unknown table'],
    ['{"structs":[]}', 1, 'holds no facts'],
    ['{"structs":[\n{"struct":"struct x"}]}', 2, "structs[0]: has no 'size'"],
    ['{"constants":{"A":1,\n"B":"2"}}', 2, 'constants.B: expected an integer'],
    ['{"columns":["bytes","nope"],\n"rows":[[64,1]]}', 1, "columns: unknown column 'nope'"],
    ['{"columns":["bytes","bytes"],"rows":[]}', 1, 'columns: a column occurs twice'],
    ['{"columns":["bytes","pages"],\n"rows":[[64,1],\n[64]]}', 3, 'rows[1]: expected 2 items, found 1'],
    ['{"v1":{"columns":["flags","hex"],"rows":[\n[1,"00"]]}}', 2, "v1.rows[0]: no column 'domid'"],
    ['{"status":{"columns":["value","hex"],"rows":[[8,\n"0g00"]]}}', 2,
      "status.rows[0][1]: '0g00' is not bytes in hexadecimal"],
    ['{"status":{"columns":["value","hex"],"rows":[\n[65536,"0000"]]}}', 2,
      'status.rows[0]: grant_status_t._: 65536 does not fit u16'],
    ['{"hypercall_args":{"note":"n",\n"swap":{}}}', 2, 'hypercall_args.swap: unknown table'],
  ])('%j', (text, line, message) => {
    let thrown: unknown;
    try {
      checkAbi(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ line, message });
  });
});
