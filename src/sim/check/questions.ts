import type { Config, Scenario } from '../scenarios/scenario.ts';
import { handshakeQuestion } from './invariants.ts';
import { lifecycleQuestion, unwindingQuestion } from './lifecycle.ts';
import type { Question } from './question.ts';
import { trafficQuestion } from './traffic.ts';

const QUESTIONS: Readonly<Record<NonNullable<Scenario['question']>, (config: Config) => Question>> = {
  handshake: handshakeQuestion,
  lifecycle: lifecycleQuestion,
  traffic: trafficQuestion,
  unwinding: unwindingQuestion,
};

/** What must hold in every state of a scenario, and where it may end. */
export function questionFor({ question = 'handshake' }: Scenario, config: Config): Question {
  return QUESTIONS[question](config);
}
