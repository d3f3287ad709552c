/** The state for a page that knows nothing of Xen. Pure. */
import { chapterAt } from '../store/outline.ts';
import { currentFragment } from '../store/share.ts';
import type { AppState } from '../store/store.ts';
import type { Summary } from './told.ts';

export function summaryOf(state: AppState): Summary {
  const { run, outline, position, step, stage, playing, fingerprint } = state;
  const chapter = outline === null || position === 0 ? undefined : chapterAt(outline, position);
  return {
    link: currentFragment(state),
    scenario: run.scenario,
    config: { ...run.config },
    position,
    length: outline?.length ?? 0,
    playing,
    step: step === null ? null : { key: step.key, thread: step.thread, party: step.party },
    chapter: chapter === undefined ? null : { id: chapter.id, title: chapter.title },
    states: { frontend: stage.frontend.track.published, backend: stage.backend.track.published },
    rings: stage.rings.map(({ direction, queue, pages }) => ({
      direction, queue, pages: pages.length, mapped: pages.filter(({ life }) => life === 'mapped').length,
    })),
    grants: {
      used: stage.grants.rows.length,
      mapped: stage.grants.rows.filter(({ handle }) => handle !== null).length,
    },
    fingerprint,
  };
}
