/** What a picture is of: a step of a run, and the state after it. */
import { beginWords } from '../content/begin.ts';
import { pictureWords as t } from '../content/picture.ts';
import type { Notes } from '../content/schema.ts';
import { stageWords } from '../content/stage.ts';
import { fill, spansOf, words } from '../content/words.ts';
import type { Outline, RunSpec, StepView } from '../engine/protocol.ts';
import { chapterIndex } from '../store/outline.ts';
import { currentFragment } from '../store/share.ts';
import { touchedRing } from '../store/stage/ring-slots.ts';
import { isApart, titleOfStep } from '../store/step-title.ts';
import { configValues } from '../store/values.ts';
import type { StageView } from '../store/view.ts';

export interface Scene {
  /** What people call the scenario. */
  readonly scenario: string;
  readonly run: RunSpec;
  readonly outline: Outline;
  readonly position: number;
  /** The step that led here; null at position 0. */
  readonly step: StepView | null;
  readonly view: StageView;
  readonly notes: Notes | null;
}

/** Prose without its marks. */
function unmarked(text: string): string {
  return spansOf(text).map((span) => span.text).join('');
}

/** The step in words, as the page's story has it. */
export function stepTitle({ step, ...scene }: Scene): string {
  if (step === null) return beginWords.begin;
  const what = unmarked(titleOfStep(scene, step));
  const who = isApart(step.thread) ? words.acts[step.thread] : undefined;
  return who === undefined ? what : fill(t.doer, { who, what });
}

/** 'step 476 of 630'. */
export function whereText({ position, outline: { length } }: Scene): string {
  return position === 0 ? fill(t.before, { length }) : fill(words.transport.step, { n: position, length });
}

/** The chapter by number and title; '' where the run has none. */
export function chapterText({ outline, position }: Scene): string {
  const index = chapterIndex(outline, position);
  const chapter = outline.chapters[index];
  if (chapter === undefined) return '';
  return fill(words.story.chapter, { n: index + 1, count: outline.chapters.length, title: chapter.title });
}

/** The run's sliders in words. */
export function configText({ run: { config } }: Scene): string {
  const { txEntries, rxEntries, backend } = configValues(config);
  return fill(t.config, {
    tx: ringText(config.txPages, txEntries), rx: ringText(config.rxPages, rxEntries),
    frames: config.maxGrantFrames, backend,
    queues: config.queues === 1 ? t.queue : fill(t.queues, { count: config.queues }),
  });
}

function ringText(pages: number, entries: number): string {
  return fill(t.ring, { pages: pagesText(pages), entries });
}

/** '1 page', '4 pages'. */
export function pagesText(count: number): string {
  return fill(count === 1 ? stageWords.ring.page : stageWords.ring.pages, { count });
}

/** The fragment of the address at which the page shows this step. */
export function linkText(scene: Scene): string {
  return currentFragment(scene);
}

/** The queue that is drawn page by page: that of the ring which the step touches, else the first that has rings. */
export function queueInView({ view: { rings }, step }: Scene): number {
  return touchedRing(rings, step)?.queue ?? rings[0]?.queue ?? 0;
}
