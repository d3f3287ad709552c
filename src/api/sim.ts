/**
 * The simulation without a page: `ringscope/sim`. Runs scenarios, steps through them forth and back, says what each step did and what
 * the state is, and checks every order of the threads. It needs neither Node nor a browser, asks for nothing and keeps nothing.
 */
export { xenbusStateName, type XenbusStateName } from '../abi/xenbus.ts';
export type { Chapter, Change, ChoiceView as Next, Party } from '../engine/protocol.ts';
export type { ActKind, ChapterSpec, Citation, Config, EndState as State, Effect, Value } from '../sim/index.ts';
export { check, type Limits, type Verdict, type Violation } from './check.ts';
export type { RunOptions } from './options.ts';
export { run, type Choice, type Run, type Step } from './run.ts';
export { scenarios, type ScenarioInfo } from './scenarios.ts';
