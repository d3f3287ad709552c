import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../tools/conformance/cursor.ts';
import { checkRing } from '../../tools/conformance/ring.ts';
import { vectorText } from './vectors.ts';

const recorded = vectorText('ring-traces.jsonl');
const lines = recorded.trimEnd().split('\n');
/** Line numbers (from 0) of operations. */
const operationLines = [...lines.keys()].filter((index) => lines[index]?.startsWith('['));

const HEADER = '{"trace":0,"ring":"netif_tx","pages":1,"start":0,"fill":0,"mode":0,"nr_ents":256,"seed":7,'
  + '"init":[0,1,0,1,0,0,0,0,1375443777]}';
const IDLE = '["ff",[],0,[0,1,0,1],[0,0,0,0],[256,0,0,0],1375443777]';

/** The recording with one result of line `index` one higher: `slot` counts ret, H, P, M and crc in order. */
function damage(index: number, slot: number): string {
  const operation: unknown[] = JSON.parse(lines[index] ?? '');
  const places = [2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6];
  const place = places[slot] ?? 6;
  const old = operation[place];
  operation[place] = Array.isArray(old)
    ? old.map((value: number, i) => (i === slot - places.indexOf(place) ? value + 1 : value))
    : Number(old) + 1;
  return [...lines.slice(0, index), JSON.stringify(operation), ...lines.slice(index + 1)].join('\n');
}

describe('ring-traces.jsonl', () => {
  it('agrees as recorded', () => {
    expect(checkRing(recorded)).toEqual({ groups: 12, items: 2880, agree: 2880, first: undefined });
  });

  it('diverges in exactly the operation of which one result is changed', () => {
    fc.assert(fc.property(
      fc.constantFrom(...operationLines), fc.integer({ min: 0, max: 13 }),
      (index, slot) => {
        const report = checkRing(damage(index, slot));
        expect(report).toMatchObject({ items: 2880, agree: 2879 });
        expect(report.first?.line).toBe(index + 1);
      },
    ), { numRuns: 30 });
  });

  it('names trace, operation and field', () => {
    expect(checkRing(`${HEADER}\n${IDLE}\n${IDLE.replace('[256,', '[255,')}`).first).toEqual({
      line: 3, where: 'trace 0 (netif_tx, pages 1) operation 1 ff', field: 'free requests', expected: '255',
      got: '256',
    });
  });

  it('compares the results that stand among the arguments', () => {
    const index = operationLines.find((at) => /^\["bc",\[[1-9]\d*,[1-9]/.test(lines[at] ?? '')) ?? -1;
    const changed = lines.map((line, at) => (at === index ? line.replace(/,(\d+)\]/, ',1$1]') : line));
    expect(checkRing(changed.join('\n')).first).toMatchObject({ line: index + 1, field: 'acc' });
    const probe = operationLines.find((at) => lines[at]?.startsWith('["xo"')) ?? -1;
    const flip = (line: string) =>
      line.replace(/^(\["xo",\[\d+,\d+,\d+),(\d)/, (_, head, bit) => `${head},${1 - bit}`);
    const flipped = lines.map((line, at) => (at === probe ? flip(line) : line));
    expect(checkRing(flipped.join('\n')).first).toMatchObject({ line: probe + 1, field: 'reqProdOvf' });
  });

  it('counts no operation of a trace that starts otherwise as agreeing', () => {
    const smaller = HEADER.replace('"nr_ents":256', '"nr_ents":128');
    const report = checkRing([smaller, IDLE, HEADER, IDLE].join('\n'));
    expect(report).toMatchObject({ groups: 2, items: 2, agree: 1 });
    expect(report.first).toMatchObject({ line: 1, field: 'nr_ents', expected: '128', got: '256' });
    const start = checkRing(HEADER.replace('[0,1,0,1,0,', '[0,1,0,1,2,')).first;
    expect(start).toMatchObject({ field: 'init front.req_prod_pvt', expected: '2', got: '0' });
  });
});

describe('input that is not a recording of rings', () => {
  it.each([
    ['', 1, 'holds no trace'],
    [`${HEADER}\n[`, 2, 'not JSON'],
    [IDLE, 1, 'an operation before the first trace header'],
    ['7', 1, 'expected an object'],
    [HEADER.replace('netif_tx', 'toString'), 1,
      "unknown ring 'toString': not one of netif_tx, netif_rx, blkif"],
    [HEADER.replace('"pages":1', '"pages":0'), 1, 'pages: 0 is not in 1..1024'],
    [HEADER.replace('"mode":0,', ''), 1, "has no 'mode'"],
    [`${HEADER}\n\n${IDLE.replace('ff', 'zz')}`, 3, "[0]: unknown operation 'zz'"],
    [`${HEADER}\n["ff",[],0]`, 2, 'expected 7 items, found 3'],
    [`${HEADER}\n${IDLE.replace('[]', '[1]')}`, 2, '[1]: expected 0 items, found 1'],
    [`${HEADER}\n${IDLE.replace('"ff",[]', '"br",[]')}`, 2, '[1]: expected 1 items, found 0'],
    [`${HEADER.replace('"mode":0', '"mode":2')}\n${IDLE.replace('"ff",[]', '"br",[65536]')}`, 2,
      'struct netif_tx_response.id: 65536 does not fit u16'],
  ])('%j', (text, line, message) => {
    let thrown: unknown;
    try {
      checkRing(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ line, message });
  });
});
