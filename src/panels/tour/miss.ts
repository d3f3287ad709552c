/** Why what somebody did at a question of the tour is not what was asked for, told from the run. Pure. */
import { netifTxRing } from '../../abi/netif.ts';
import { pagesTouched } from '../../abi/ring.ts';
import { tourWords } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { positionOfKey } from '../../store/outline.ts';
import type { AppState, Outline } from '../../store/store.ts';
import { titleOfStep } from '../../store/step-title.ts';
import { askedKey } from '../../store/subjects.ts';
import type { XsKeyView } from '../../store/view.ts';
import { configValues } from '../../store/values.ts';

const t = tourWords.miss;

/** Tells what is not right yet of what was done since `start`, when the question came; null where there is nothing to say. */
export type Miss = (state: AppState, start: AppState) => string | null;

/** Every position of a run at which a step with that key has just been taken. */
export function positionsOf(key: string): (outline: Outline) => number[] {
  return (outline) => {
    const index = outline.keys.indexOf(key);
    const positions: number[] = [];
    for (const [n, one] of outline.key.entries()) if (one === index) positions.push(n + 1);
    return positions;
  };
}

/** The position of the n-th step with that key alone. */
export function positionOfNth(key: string, occurrence: number): (outline: Outline) => number[] {
  return (outline) => [positionOfKey(outline, key, occurrence) ?? []].flat();
}

/** Says which step is shown. */
function tellStep(text: string, state: AppState): string {
  const { step, position: n } = state;
  return step === null ? t.start : fill(text, { n, title: titleOfStep(state, step) });
}

/**
 * Of a question for a step: which one is shown, and whether those asked for, at `where`, are before or after it. Nothing before
 * the first step: whoever has just opened the run has not answered.
 */
export function missedStep(where: (outline: Outline) => readonly number[]): Miss {
  return (state) => {
    if (state.outline === null || state.step === null) return null;
    const wanted = where(state.outline);
    if (wanted.length === 0) return tellStep(t.nowhere, state);
    return tellStep(wanted.some((position) => position > state.position) ? t.later : t.earlier, state);
  };
}

/** The same, of a step that only a PVH dom0 takes. */
export function missedPvh(where: (outline: Outline) => readonly number[]): Miss {
  const missed = missedStep(where);
  return (state, start) =>
    state.run.config.backend === 'pvh' ? missed(state, start) : fill(t.backend, { backend: configValues(state.run.config).backend });
}

/** The same, of a step that is not meant where a bug leads to it. */
export function missedSound(where: (outline: Outline) => readonly number[]): Miss {
  const missed = missedStep(where);
  return (state, start) => (state.run.scenario.startsWith('bug-') ? tellStep(t.bug, state) : missed(state, start));
}

/** Which of the two is not so: the guest says Connected, and dom0 has mapped none of its ring pages. */
export function missedAlone(connected: number): Miss {
  return ({ step, stage, position: n }) => {
    const state = stage.frontend.track.published;
    if (step === null) return t.start;
    if (state === null) return fill(t.noState, { n });
    if (state !== connected) return fill(t.state, { n, state });
    const pages = stage.rings.flatMap((ring) => ring.pages);
    const mapped = pages.filter(({ handle }) => handle !== null).length;
    return pages.length === 0 ? fill(t.noRing, { n }) : fill(t.mapped, { n, mapped, count: pages.length });
  };
}

/** How many pages of the TX ring its slots touch, once somebody has set how many it has. */
export function missedPages({ run: { config } }: AppState, start: AppState): string | null {
  if (config.txPages === start.run.config.txPages) return null;
  const { txPages: pages, txEntries: entries } = configValues(config);
  return fill(t.touched, { pages, entries, touched: pagesTouched(pages, netifTxRing.entry.size) });
}

/** Of a question for a key in that directory: what was pressed; `why` says of one that is there why it is not it. */
export function missedKey(directory: string, why: (key: string, state: AppState) => string): Miss {
  return (state, start) => {
    const { inquiry } = state;
    if (inquiry === null || inquiry.subject === start.inquiry?.subject) return null;
    const path = askedKey(state);
    if (path === '') return fill(t.notKey, { name: inquiry.subject.name });
    const key = path.replace(/^\/local\/domain\/\d+\//, '');
    return path.startsWith(`${directory}/`) ? why(key, state) : fill(t.outside, { key });
  };
}

/** The key that was asked about, as the stage has it. */
function keyAsked(state: AppState): XsKeyView | undefined {
  return state.stage.xenstore.frontend.find(({ path }) => path === askedKey(state));
}

/** A key that does not name the first page of the TX ring. */
export function notFirstPage(key: string, state: AppState): string {
  const tx = /tx-ring-ref(\d+)$/.exec(key);
  if (tx !== null) return fill(t.page, { key, page: tx[1] });
  if (/rx-ring-ref\d*$/.test(key)) return fill(t.rx, { key });
  return fill(t.names, { key, value: keyAsked(state)?.value || undefined });
}

/** A key whose writing tells dom0 nothing, or the one that tells it, with another value than the one that tells of references. */
export function notTelling(key: string, state: AppState): string {
  const asked = keyAsked(state);
  if (asked?.watchers.includes('dom0') !== true) return fill(t.unwatched, { key });
  return fill(t.notConnected, { n: state.position, state: asked.value || undefined });
}
