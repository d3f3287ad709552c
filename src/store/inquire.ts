/** Questions to the engine about the whole run: who wrote this, and what differs between two steps. */
import type { Answer, Cell, Command, Outline, Question } from '../engine/protocol.ts';
import { sameRun } from './config.ts';
import { isPositionOf } from './marks.ts';
import { appStore } from './store.ts';
import type { Inquiry } from './store.ts';
import type { Subject } from './subjects.ts';

type Send = (command: Command) => void;

let asked = 0;
/** Whoever asks: the inquiry, the comparison, a list that shows how something came to be, or somebody who has a symbol of their own. */
type Asker = 'inquiry' | 'comparison' | 'history' | symbol;
const waiting = new Map<Asker, { id: number; take: (answer: Answer) => void }>();

/** Each asks one thing at a time: a later question makes an earlier one, which is not answered yet, void. */
function ask(send: Send, asker: Asker, question: Question, take: (answer: Answer) => void): void {
  waiting.set(asker, { id: ++asked, take });
  send({ type: 'ask', id: asked, question });
}

/** What the engine answers. */
export function answered(id: number, answer: Answer): void {
  for (const [asker, { id: wanted, take }] of waiting) {
    if (wanted !== id) continue;
    waiting.delete(asker);
    take(answer);
  }
}

/** Who ever wrote this? The answer goes to `take`, unless another history is asked for meanwhile. @returns what calls it off */
export function history(
  send: Send, cell: Cell, take: (answer: Extract<Answer, { kind: 'writers' | 'none' }>) => void,
): () => void {
  ask(send, 'history', { kind: 'writers', cell }, (answer) => {
    if (answer.kind === 'writers' || answer.kind === 'none') take(answer);
  });
  return () => waiting.delete('history');
}

/** What a part of the run is asked for: its steps, or what the page shows at them. */
type Kind = 'records' | 'frames';
/** Takes the answer, which may hold the first of them alone. */
export type Take<K extends Kind> = (answer: Extract<Answer, { kind: K | 'none' }>) => void;

/** What is there between these positions? Several may ask at once. @returns what calls it off */
export function part<K extends Kind>(send: Send, kind: K, from: number, to: number, take: Take<K>): () => void {
  const asker = Symbol(kind);
  ask(send, asker, { kind, from, to }, (answer) => {
    if (answer.kind === kind || answer.kind === 'none') take(answer as Parameters<Take<K>>[0]);
  });
  return () => waiting.delete(asker);
}

/** Who wrote this? The answer comes to the store's `inquiry`. `from`: what was pressed. */
export function inquire(send: Send, subject: Subject, from: Element | null): void {
  asking(send, { subject, answer: null, from });
}

/** Opens the inquiry; what it already knows is shown until the new answer is there. */
function asking(send: Send, inquiry: Inquiry): void {
  appStore.setState({ inquiry });
  ask(send, 'inquiry', { kind: 'writers', cell: inquiry.subject.cell }, (answer) => {
    if (answer.kind === 'writers' || answer.kind === 'none') appStore.setState({ inquiry: { ...inquiry, answer } });
  });
}

/** Asks the open inquiry again: of very many writes, an answer holds those around the position shown. */
export function inquireAgain(send: Send): void {
  const { inquiry } = appStore.getState();
  if (inquiry !== null) asking(send, inquiry);
}

export function closeInquiry(): void {
  waiting.delete('inquiry');
  appStore.setState({ inquiry: null });
}

/** What is different between two positions of the open run? The answer comes to the store's `comparison`. */
export function compare(send: Send, from: number, to: number): void {
  // The breakpoints would lie over it.
  appStore.setState(({ dialog }) => ({
    comparison: { from, to, answer: null }, dialog: dialog === 'breakpoints' ? null : dialog,
  }));
  ask(send, 'comparison', { kind: 'compare', from, to }, (answer) => {
    if (answer.kind === 'compare' || answer.kind === 'none') appStore.setState({ comparison: { from, to, answer } });
  });
}

export function closeComparison(): void {
  waiting.delete('comparison');
  appStore.setState({ comparison: null });
}

/**
 * Another run is open. An inquiry is asked again where its subject is still the same thing: names are, but an address of
 * memory is another thing's where the sliders moved. A comparison stays where the new run holds both of its positions.
 */
export function runChanged(send: Send, before: Outline, now: Outline): void {
  const { inquiry, comparison } = appStore.getState();
  if (inquiry !== null) {
    if (inquiry.subject.cell.cell === 'slot' || sameRun(before.run, now.run)) {
      asking(send, { ...inquiry, answer: null });
    } else {
      waiting.delete('inquiry');
      appStore.setState({ inquiry: { ...inquiry, answer: { kind: 'moved' } } });
    }
  }
  if (comparison === null) return;
  const holds = [comparison.from, comparison.to].every((position) =>
    isPositionOf(now, { run: before.run, position }));
  if (!holds) closeComparison();
}
