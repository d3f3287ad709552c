import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';

/** What `xl` has printed; nobody reads it back, so it is no part of the fingerprint. */
export const xlSaysSlot = slot<readonly string[]>('log:xl', { hashed: false });

/** A line on the terminal of whoever runs `xl`. */
export function xlSays(c: Context, says: string): void {
  c.set(xlSaysSlot, [...(c.get(xlSaysSlot) ?? []), says]);
  c.note({ kind: 'xl', says });
}
