/** The only door into the simulated core. */
export type { Citation, Party } from './machine/program.ts';
export type { Effect } from './machine/context.ts';
export { Frame } from './machine/frame.ts';
export { Machine } from './machine/machine.ts';
export type { Thread } from './machine/machine.ts';
export type { Fn, Op } from './machine/program.ts';
export { programKeys } from './machine/program.ts';
export { slotById } from './machine/slot.ts';
export { Timeline } from './machine/timeline.ts';
export type { Value } from './machine/value.ts';
export type { ChapterSpec, Config, Scenario, ThreadSpec } from './scenarios/scenario.ts';
export { scenarios } from './scenarios/index.ts';
export { checkConfig } from './scenarios/config.ts';
export * from './kernel/ring-macros.ts';
export { endState, type EndState } from './scenarios/end-state.ts';
export { recordRun, type StepRecord } from './scenarios/record.ts';
