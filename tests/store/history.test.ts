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

it('several may ask for the steps of a run, and each is answered', () => {
  const engine = freshPage();
  const takes = [vi.fn<(answer: Answer) => void>(), vi.fn<(answer: Answer) => void>(), vi.fn<(answer: Answer) => void>()];
  const [, , callOff] = takes.map((take, n) => commands.records(0, n, take));
  callOff!();
  const asked = sentTo(engine) as { id: number; question: { to: number } }[];
  const records: Answer = { kind: 'records', records: [] };
  for (const { id } of asked) engine.emit({ type: 'answer', id, answer: records });
  expect(asked.map(({ question }) => question.to)).toEqual([0, 1, 2]);
  expect(takes.map(({ mock }) => mock.calls)).toEqual([[[records]], [[records]], []]);
});

it('a history that is called off is not answered', () => {
  const engine = freshPage();
  const take = vi.fn<(answer: Answer) => void>();
  commands.history(cell, take)();
  const [{ id }] = sentTo(engine) as [{ id: number }];
  engine.emit({ type: 'answer', id, answer });
  expect(take).not.toHaveBeenCalled();
});
