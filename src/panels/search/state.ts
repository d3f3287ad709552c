/** What can be found of the state as it is: shared indexes of the rings, and lines of the kernels' logs. Pure. */
import { RING_HEADER } from '../../abi/ring.ts';
import { searchWords as t } from '../../content/search.ts';
import { fill } from '../../content/words.ts';
import { bytesSubject, slotSubject } from '../../store/subjects.ts';
import type { RingView, StageView } from '../../store/view.ts';
import type { Result } from './model.ts';

/** The indexes that both sides share in the first page of each ring. */
export function indexResults(rings: readonly RingView[]): Result[] {
  return rings.flatMap(({ queue, direction, pages }) => Object.entries(RING_HEADER).map(([field, offset]): Result => {
    const name = fill(t.index, { field, ring: direction.toUpperCase(), queue });
    return {
      id: `index ${queue} ${direction} ${field}`, name, words: '', leads: t.who,
      target: { kind: 'subject', subject: bytesSubject(name, pages[0]!.mfn, offset, 4) },
    };
  }));
}

/** What the kernels have printed so far. */
export function logResults({ backend, frontend }: Pick<StageView, 'backend' | 'frontend'>): Result[] {
  const logs = [['dom0', backend.log], ['domU', frontend.log]] as const;
  return logs.flatMap(([kernel, lines]) => lines.map((line, at): Result => ({
    id: `log ${kernel} ${at}`, name: line, words: fill(t.logOf, { kernel }), leads: t.who,
    target: { kind: 'subject', subject: slotSubject(line, `log:${kernel}`, String(at)) },
  })));
}
