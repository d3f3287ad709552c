import type { Context } from '../../machine/context.ts';
import { slot } from '../../machine/slot.ts';

/**
 * Unique names of the functions that netback's data path calls: a scenario may put another one in its place.
 */
export type NetbackOps = {
  readonly enable_events: string;
  readonly push_responses: string;
  readonly tx_response: string;
  readonly slots_available: string;
};

/** Planted before the first step and never changed: it is code, and so no part of the fingerprint. */
export const netbackOpsSlot = slot<NetbackOps>('netback:ops', { hashed: false });

/** The unique name of the function in that place. */
export function netbackOp(c: Context, name: keyof NetbackOps): string {
  return c.get(netbackOpsSlot)![name];
}
