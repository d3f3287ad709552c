import { explore, handshakeQuestion, scenarios } from '../../src/sim/index.ts';
import type { Config } from '../../src/sim/index.ts';
import { atLeast, forInformation } from './figure.ts';
import type { Figure } from './figure.ts';

const STATES_PER_SECOND = 100_000;

/** How fast the checker visits the states of the first scenario: distinct ones, with every invariant asked. */
export function checkSpeed(config: Config): Figure[] {
  const machine = scenarios[0]!.build(config);
  const began = performance.now();
  const { states, transitions, cut, violation } = explore(machine, handshakeQuestion(config));
  const seconds = (performance.now() - began) / 1000;
  if (cut !== null || violation !== null) throw new Error(`the check at ${JSON.stringify(config)} ended early`);
  return [
    atLeast(STATES_PER_SECOND, {
      name: 'check speed 1x1 pv',
      value: states / seconds,
      unit: 'distinct states/s',
      detail: { states, transitions },
    }),
    forInformation({ name: 'check time 1x1 pv', value: seconds, unit: 's' }),
  ];
}
