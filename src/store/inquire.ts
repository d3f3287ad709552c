/** Questions to the engine about the whole run: who wrote this, and what differs between two steps. */
import type { Answer, Cell, Command, Question } from '../engine/protocol.ts';
import { appStore } from './store.ts';
import type { Subject } from './subjects.ts';

/** Whoever asks: the page as a whole, or a list that shows how something came to be. */
type Asker = 'page' | 'history';

let asked = 0;
const waiting = new Map<number, { asker: Asker; take: (answer: Answer) => void }>();

/** Asks one thing at a time for each asker: a later question makes an earlier one, which is not answered yet, void. */
function ask(send: (command: Command) => void, asker: Asker, question: Question, take: (answer: Answer) => void): void {
  forget(asker);
  waiting.set(++asked, { asker, take });
  send({ type: 'ask', id: asked, question });
}

function forget(asker: Asker): void {
  for (const [id, { asker: other }] of waiting) if (other === asker) waiting.delete(id);
}

/** What the engine answers. */
export function answered(id: number, answer: Answer): void {
  const question = waiting.get(id);
  waiting.delete(id);
  question?.take(answer);
}

/** Who ever wrote this? The answer goes to `take`, unless another history is asked for meanwhile. @returns what calls it off */
export function history(
  send: (command: Command) => void, cell: Cell, take: (answer: Extract<Answer, { kind: 'writers' | 'none' }>) => void,
): () => void {
  ask(send, 'history', { kind: 'writers', cell }, (answer) => {
    if (answer.kind !== 'compare') take(answer);
  });
  return () => forget('history');
}

/** Who wrote this? The answer comes to the store's `inquiry`. */
export function inquire(send: (command: Command) => void, subject: Subject): void {
  appStore.setState({ inquiry: { subject, answer: null } });
  ask(send, 'page', { kind: 'writers', cell: subject.cell }, (answer) => {
    if (answer.kind !== 'compare') appStore.setState({ inquiry: { subject, answer } });
  });
}

/** What is different between two positions of the open run? The answer comes to the store's `comparison`. */
export function compare(send: (command: Command) => void, from: number, to: number): void {
  appStore.setState({ comparison: { from, to, answer: null } });
  ask(send, 'page', { kind: 'compare', from, to }, (answer) => {
    if (answer.kind !== 'writers') appStore.setState({ comparison: { from, to, answer } });
  });
}
