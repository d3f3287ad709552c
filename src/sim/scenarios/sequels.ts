import { scenarios } from './index.ts';
import type { ChapterSpec } from './scenario.ts';

const ACT = 'you#';

/**
 * The chapters that follow an act: those of the first scenario that tells of it, as far as the next act that it tells of. Where
 * no scenario does, none.
 */
export function sequelTo(act: string): readonly ChapterSpec[] {
  for (const { chapters } of scenarios) {
    const at = chapters.findIndex(({ begins }) => begins === ACT + act);
    if (at < 0) continue;
    const rest = chapters.slice(at + 1);
    const next = rest.findIndex(({ begins }) => begins.startsWith(ACT));
    return next < 0 ? rest : rest.slice(0, next);
  }
  return [];
}
