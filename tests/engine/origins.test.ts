import { describe, expect, test } from 'vitest';
import { answer } from '../../src/engine/answers.ts';
import type { Answer, Cell } from '../../src/engine/protocol.ts';
import type { Run } from '../../src/engine/run.ts';
import { momentAt, realRun } from './moments.ts';

function ask(run: Run, cell: Cell): Extract<Answer, { kind: 'writers' }> {
  const found = answer(run, { kind: 'writers', cell }, 0);
  if (found.kind !== 'writers') throw new Error(JSON.stringify(found));
  return found;
}

describe('where an index of a ring comes from', () => {
  const run = realRun('netif-multipage');
  const memory = momentAt(run, 0).slots.get('xen:memory:5') as { gfn: number; mfns: readonly number[] };
  const frame = memory.mfns[0x1a3c0 - memory.gfn]!;
  const origins = (offset: number) => ask(run, { cell: 'bytes', frame, offset, length: 4 }).origins?.map(({ how, key }) => [how, key]);

  test('is the step that allocated its page, zeroed, and the one that initialised the ring, though that stored 0 over 0', () => {
    for (const offset of [0, 4, 8, 12]) {
      expect(origins(offset)).toEqual([
        ['zeroed', expect.stringMatching(/#alloc_ring_pages$/)], ['initialised', expect.stringMatching(/#XEN_FRONT_RING_INIT$/)],
      ]);
    }
    const { origins: found, writes } = ask(run, { cell: 'bytes', frame, offset: 12, length: 4 });
    // rsp_event becomes 1, which is a write as well.
    expect(found?.[1]?.position).toBe(writes[0]?.position);
  });

  test('is of a slot the page alone, and of what is no ring page nothing', () => {
    expect(origins(64)?.map(([how]) => how)).toEqual(['zeroed']);
    expect(ask(run, { cell: 'bytes', frame: 1, offset: 0, length: 4 }).origins).toBeUndefined();
  });
});

test('of pages that were there before the first step nothing is told', () => {
  const run = realRun('close-unplug');
  const memory = momentAt(run, 0).slots.get('xen:memory:5') as { gfn: number; mfns: readonly number[] };
  const frame = memory.mfns[0x1a3c0 - memory.gfn]!;
  expect(ask(run, { cell: 'bytes', frame, offset: 0, length: 4 }).origins).toBeUndefined();
});

test('a key that was written in a transaction names whose that was, where it began, the step in it, and the commit', () => {
  const run = realRun('netif-multipage');
  const dir = '/local/domain/5/device/vif/0';
  const written = run.timeline;
  const path = [...momentAt(run, run.length).slots.keys()].find((name) => name.startsWith(`xs:node:${dir}/`) && name.includes('tx-ring-ref'))!;
  const [write] = ask(run, { cell: 'slot', name: path, part: ['value'] }).writes;
  expect(write?.key).toMatch(/#transaction_end$/);
  const { position, connection, begun } = write!.inside!;
  expect(connection).toBe('domU');
  expect(written.info(begun - 1).op.key).toBe('talk_to_netback#transaction_start');
  expect(position).toBeLessThan(write!.position);
  expect(written.info(position - 1).op.key).toMatch(/^write_queue_xenstore_keys#/);
});

test('transactions of two connections, and one after another of the same, are told apart though their ids are all 1', () => {
  const run = realRun('netif-multipage');
  const { writes } = ask(run, { cell: 'slot', name: 'xs:node:/local/domain/0/backend/vif/5/0/state', part: ['value'] });
  const inside = writes.flatMap((write) => (write.inside === undefined ? [] : [write.inside]));
  expect(inside.map(({ connection }) => connection)).toEqual(['libxl', 'dom0', 'dom0']);
  expect(new Set(inside.map(({ begun }) => begun)).size).toBe(inside.length);
});
