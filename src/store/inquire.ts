/** Questions to the engine about the whole run: who wrote this, and what differs between two steps. */
import type { Answer, Command, Question } from '../engine/protocol.ts';
import { appStore } from './store.ts';
import type { Subject } from './subjects.ts';

let asked = 0;
let waiting: { id: number; take: (answer: Answer) => void } | null = null;

/** Asks one thing at a time: a later question makes an earlier one, which is not answered yet, void. */
function ask(send: (command: Command) => void, question: Question, take: (answer: Answer) => void): void {
  waiting = { id: ++asked, take };
  send({ type: 'ask', id: asked, question });
}

/** What the engine answers. */
export function answered(id: number, answer: Answer): void {
  if (waiting?.id !== id) return;
  const { take } = waiting;
  waiting = null;
  take(answer);
}

/** Who wrote this? The answer comes to the store's `inquiry`. */
export function inquire(send: (command: Command) => void, subject: Subject): void {
  appStore.setState({ inquiry: { subject, answer: null } });
  ask(send, { kind: 'writers', cell: subject.cell }, (answer) => {
    if (answer.kind !== 'compare') appStore.setState({ inquiry: { subject, answer } });
  });
}

/** What is different between two positions of the open run? The answer comes to the store's `comparison`. */
export function compare(send: (command: Command) => void, from: number, to: number): void {
  appStore.setState({ comparison: { from, to, answer: null } });
  ask(send, { kind: 'compare', from, to }, (answer) => {
    if (answer.kind !== 'writers') appStore.setState({ comparison: { from, to, answer } });
  });
}
