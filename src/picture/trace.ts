/** A run as text, for people and for other programs. */
import type { StepRecord } from '../engine/protocol.ts';

/** One line a step: number, thread, indented function and label, and what it did. */
function traceLine(record: StepRecord): string {
  const what = record.effects.map(words).join('; ');
  const place = `${'  '.repeat(record.depth)}${record.step}`;
  return `${String(record.number).padStart(5)}  ${record.thread.padEnd(19)} ${place.padEnd(62)} ${what}`.trimEnd();
}

function words(effect: StepRecord['effects'][number]): string {
  const { kind, ...rest } = effect;
  return `${kind} ${Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')}`;
}

/** The steps as a trace, a line a step. */
export function traceText(records: readonly StepRecord[]): string {
  return records.map((record) => `${traceLine(record)}\n`).join('');
}

/** The steps as a JSON array, a line a step. */
export function jsonRecords(records: readonly StepRecord[]): string {
  return `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`;
}
