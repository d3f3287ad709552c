import type { Context } from '../../machine/context.ts';
import { slot } from '../../machine/slot.ts';

/**
 * Unique names of the functions that netfront's data path calls: a scenario may put another one in its place.
 */
export type NetfrontOps = {
  readonly setup_grant: string;
  readonly push_requests: string;
  readonly tx_buf_gc: string;
  readonly final_check: string;
  readonly get_responses: string;
  readonly poll: string;
};

/** Planted before the first step and never changed: it is code, and so no part of the fingerprint. */
export const netfrontOpsSlot = slot<NetfrontOps>('netfront:ops', { hashed: false });

/** The unique name of the function in that place. */
export function netfrontOp(c: Context, name: keyof NetfrontOps): string {
  return c.get(netfrontOpsSlot)![name];
}
