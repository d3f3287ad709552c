// What an outline says of queues that are asked for and not made.
import { GRANTS_PER_FRAME } from '../abi/grant-table.ts';
import type { Config, Outline } from '../engine/protocol.ts';
import { ringEntries } from './config.ts';

/** Where netfront finds that one of the two pools of a queue's references does not fit. */
export const NO_REFERENCES: readonly string[] = ['xennet_init_queue#no_tx_references', 'xennet_init_queue#no_rx_references'];
const QUEUE_MADE = 'xennet_init_queue#keep_references';
const ALL_MADE = 'xennet_create_queues#set_real_num_queues';

/** The first time that fewer queues are made than asked for: how many, and the position after the step that finds it. */
export function firstShortage(outline: Pick<Outline, 'key' | 'keys'>): { made: number; position: number } | undefined {
  let made = 0;
  for (const [step, index] of outline.key.entries()) {
    const key = outline.keys[index]!;
    if (key === QUEUE_MADE) made++;
    // A frontend that connects again makes all of them again.
    else if (key === ALL_MADE) made = 0;
    else if (NO_REFERENCES.includes(key)) return { made, position: step + 1 };
  }
  return undefined;
}

/** What a queue needs, and what there is, as the words that say why it was not made have it. */
export function needsOf(queue: number, { txPages, rxPages }: Config, maxFrames: number): Record<string, number> {
  return { queue, maxFrames, tx: ringEntries('tx', txPages), rx: ringEntries('rx', rxPages), each: GRANTS_PER_FRAME.v1 };
}
