import { useEffect, useState } from 'react';
import { commands } from '../../store/commands.ts';
import type { Outline, StepRecord } from '../../store/store.ts';

/** The steps of a run that were asked for, as far as they have come. */
export type Records =
  | { kind: 'coming'; got: number }
  | { kind: 'here'; records: readonly StepRecord[] }
  | { kind: 'failed'; reason: string };

const NONE: Records = { kind: 'coming', got: 0 };

/** The first `count` steps of the open run; asks for none while `count` is null. */
export function useRecords(outline: Outline, count: number | null): Records {
  const [found, setFound] = useState<{ of: Outline; count: number; records: Records }>();
  useEffect(() => (count === null ? undefined : collect(count, (records) => setFound({ of: outline, count, records }))), [outline, count]);
  // What came after another run was opened would be of that run.
  return found?.of === outline && found.count === count ? found.records : NONE;
}

/** Asks for steps until all are there, a part at a time: the engine hears of other things in between. @returns what calls it off */
function collect(count: number, tell: (records: Records) => void): () => void {
  const records: StepRecord[] = [];
  let callOff: (() => void) | null = null;
  const askOn = (): void => {
    callOff = commands.records(records.length, count, (answer) => {
      if (answer.kind === 'none') return tell({ kind: 'failed', reason: answer.reason });
      records.push(...answer.records);
      if (records.length === count) return tell({ kind: 'here', records });
      tell({ kind: 'coming', got: records.length });
      askOn();
    });
  };
  askOn();
  return () => callOff?.();
}
