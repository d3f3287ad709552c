import type { Config, Scenario } from '../scenarios/scenario.ts';
import { handshakeQuestion } from './invariants.ts';
import type { Question } from './question.ts';

/** What must hold in every state of a scenario, and where it may end. */
export function questionFor(_scenario: Scenario, config: Config): Question {
  return handshakeQuestion(config);
}
