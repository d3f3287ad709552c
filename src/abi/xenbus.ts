import { nameOf, xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';

const cite = xenPublic('io/xenbus.h');

/** State of one end of a device, kept as decimal text in its node `state`. */
export const XenbusState = {
  Unknown: 0, Initialising: 1, InitWait: 2, Initialised: 3, Connected: 4, Closing: 5, Closed: 6,
  Reconfiguring: 7, Reconfigured: 8,
} as const;
export type XenbusStateName = keyof typeof XenbusState;

/** The name of a state, or undefined when the number is none. */
export function xenbusStateName(state: number): XenbusStateName | undefined {
  return nameOf(XenbusState, state);
}

export const xenbusConstants: readonly ConstantTable[] = [
  { prefix: 'XenbusState', cite, values: XenbusState },
];
