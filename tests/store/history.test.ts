// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import type { Answer, Cell } from '../../src/engine/protocol.ts';
import { commands } from '../../src/store/commands.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

const cell: Cell = { cell: 'slot', name: 'xs:node:/a', part: [] };
const answer: Answer = { kind: 'writers', writes: [], total: 0 };

it('a history and an inquiry are answered beside each other; a later history makes an earlier one void', () => {
  const engine = freshPage();
  const [first, second] = [vi.fn<(answer: Answer) => void>(), vi.fn<(answer: Answer) => void>()];
  commands.inquire({ name: '/a', cell });
  commands.history(cell, first);
  commands.history(cell, second);
  const ids = (sentTo(engine) as { id: number }[]).map(({ id }) => id);
  for (const id of ids) engine.emit({ type: 'answer', id, answer });
  expect(appStore.getState().inquiry?.answer).toEqual(answer);
  expect(first).not.toHaveBeenCalled();
  expect(second.mock.calls).toEqual([[answer]]);
});

it('a history that is called off is not answered', () => {
  const engine = freshPage();
  const take = vi.fn<(answer: Answer) => void>();
  commands.history(cell, take)();
  const [{ id }] = sentTo(engine) as [{ id: number }];
  engine.emit({ type: 'answer', id, answer });
  expect(take).not.toHaveBeenCalled();
});
