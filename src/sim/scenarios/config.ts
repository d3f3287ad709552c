import type { Config } from './scenario.ts';

const PAGES = new Set<unknown>([1, 2, 4, 8, 16]);
const BACKENDS = new Set<unknown>(['pv', 'pvh']);

/** A whole number in the range, whatever a permalink or a command line really brought. */
function whole(value: unknown, from: number, to: number): boolean {
  return Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
}

/** What is wrong with a configuration, in words for the person who asked for it; null if nothing is. */
export function checkConfig(config: Config): string | null {
  const { txPages, rxPages, queues, maxGrantFrames, backend }: Record<keyof Config, unknown> = config;
  if (!PAGES.has(txPages)) return `TX ring pages must be 1, 2, 4, 8 or 16, not ${String(txPages)}`;
  if (!PAGES.has(rxPages)) return `RX ring pages must be 1, 2, 4, 8 or 16, not ${String(rxPages)}`;
  if (!whole(queues, 1, 8)) return `queues must be 1 to 8, not ${String(queues)}`;
  if (!whole(maxGrantFrames, 4, 256)) return `grant frames must be limited to 4 to 256, not ${String(maxGrantFrames)}`;
  if (!BACKENDS.has(backend)) return `the backend must be pv or pvh, not ${String(backend)}`;
  return null;
}
