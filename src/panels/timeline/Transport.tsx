import { Suspense, memo, useRef } from 'react';
import { fill, words } from '../../content/words.ts';
import { lazy } from '../../parts/lazy.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { commands } from '../../store/commands.ts';
import { chapterIndex } from '../../store/outline.ts';
import { firstOf, lastOf } from '../../store/range.ts';
import { SPEEDS, useApp } from '../../store/store.ts';
import type { Speed } from '../../store/store.ts';
import { BreakpointsButton, Stopped } from './Breakpoints.tsx';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';
import css from './transport.module.css';

/** They wait until there is a run, and the page has begun. */
const Marks = lazy(() => import('./Marks.tsx'));

const t = words.transport;

interface ButtonProps {
  icon: IconName;
  name: string;
  /** Shown beside the icon where there is room. */
  text?: string | undefined;
  /** The text shows on a narrow page alone, where no name can be hovered for. */
  narrow?: boolean;
  /** What it does, where its name alone is a word of the trade. */
  how?: string | undefined;
  keys: string;
  off: boolean;
  act: () => void;
  kind: 'main' | 'step' | 'edge';
}

/** Unavailable buttons stay focusable, so that a person at the end of the run does not lose their place. */
const TransportButton = memo(function TransportButton({ icon, name, text, narrow, how, keys, off, act, kind }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button ${css.button}`}
      data-kind={kind}
      aria-label={name}
      aria-keyshortcuts={keys}
      aria-disabled={off}
      title={how ?? name}
      onClick={off ? undefined : act}
    >
      <Icon name={icon} />
      {text !== undefined && <span className={css.text} data-narrow={narrow}>{text}</span>}
    </button>
  );
});

/** What the buttons do; always the same functions, so that a step renders none of them again. */
const acts = {
  start: () => commands.step('start'),
  chapterBack: () => commands.toChapter(-1),
  back: () => commands.step('back'),
  backOver: () => commands.step('back-over'),
  into: () => commands.step('into'),
  over: () => commands.step('over'),
  out: () => commands.step('out'),
  chapter: () => commands.toChapter(1),
  end: () => commands.step('end'),
} as const;

function label(value: Speed): string {
  return `${value === 0.5 ? '½' : value}×`;
}

/** How fast playing goes. */
export function SpeedChoice() {
  const speed = useApp((state) => state.speed);
  return (
    <span className={css.speed}>
      <Segmented label={t.speed} values={SPEEDS} value={speed} nameOf={label} onPick={commands.setSpeed} />
    </span>
  );
}

/** Every chapter by its name, wherever its flag has room for one. */
function ChapterChoice() {
  const outline = useApp((state) => state.outline);
  const current = useApp((state) =>
    state.outline === null ? -1 : chapterIndex(state.outline, state.position),
  );
  const byPointer = useRef(false);
  return (
    <select
      className={`button ${css.chapters}`}
      aria-label={t.chapters}
      // Its name may be longer than the room for it.
      title={outline?.chapters[current]?.title}
      disabled={outline === null || outline.chapters.length === 0}
      value={current}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onChange={({ target }) => {
        // Whoever works with the mouse goes on stepping with the keys.
        if (byPointer.current) target.blur();
        const chapter = outline?.chapters[Number(target.value)];
        if (chapter !== undefined) commands.seek(chapter.at + 1);
      }}
    >
      {current < 0 && <option value={-1}>{outline === null ? t.noRun : t.noChapters}</option>}
      {outline?.chapters.map(({ id, title }, index) => (
        <option key={id} value={index}>
          {`${index + 1}. ${title}`}
        </option>
      ))}
    </select>
  );
}

function Count() {
  const position = useApp((state) => state.position);
  const length = useApp((state) => state.outline?.length ?? 0);
  return <span className={css.count}>{fill(t.step, { n: position, length })}</span>;
}

/**
 * Buttons that move through the run, the step under them, and the speed. `compact` is one line without words; `moves` says
 * more of what a debugger calls by one word; without `stops` something else says what stopped the run.
 */
export function Transport({ compact = false, moves, stops = true }: {
  compact?: boolean;
  stops?: boolean;
  moves?: Readonly<Record<'into' | 'over' | 'out', string>>;
}) {
  const playing = useApp((state) => state.playing);
  const empty = useApp((state) => state.outline === null || state.outline.length === 0);
  const starting = useApp((state) => state.starting);
  const start = useApp((state) => state.position === firstOf(state));
  const end = useApp((state) => state.position === lastOf(state));
  // The next step can be made before the rest of the run is known.
  const last = useApp((state) => (state.outline === null ? state.choices.length === 0 : state.position === lastOf(state)));
  const text = (word: string) => (compact ? undefined : word);
  return (
    <section className={css.transport} aria-label={t.name} data-compact={compact}>
      <TransportButton
        icon="start"
        name={t.start}
        keys="Home"
        off={start}
        kind="edge"
        act={acts.start}
      />
      <TransportButton
        icon="chapter-back"
        name={t.chapterBack}
        text={text(t.chapters)}
        narrow
        keys="PageUp"
        off={start}
        kind="step"
        act={acts.chapterBack}
      />
      <TransportButton
        icon="back"
        name={t.back}
        text={text(t.back)}
        keys="ArrowLeft"
        off={start}
        kind="step"
        act={acts.back}
      />
      {!compact && (
        <TransportButton
          icon="back-over"
          name={t.backOver}
          text={t.backOver}
          keys="Shift+ArrowLeft"
          off={start}
          kind="edge"
          act={acts.backOver}
        />
      )}
      <TransportButton
        icon={playing ? 'pause' : 'play'}
        name={playing ? t.pause : empty || !end ? t.play : t.again}
        text={text(playing ? t.pause : t.play)}
        narrow
        keys="Space"
        off={empty}
        kind="main"
        act={commands.togglePlay}
      />
      <TransportButton
        icon="into"
        name={t.into}
        text={text(t.into)}
        how={moves?.into}
        keys="ArrowRight"
        off={last}
        kind="step"
        act={acts.into}
      />
      <TransportButton
        icon="over"
        name={t.over}
        text={text(t.over)}
        how={moves?.over}
        keys="Shift+ArrowRight"
        off={end}
        kind="step"
        act={acts.over}
      />
      <TransportButton
        icon="out"
        name={t.out}
        text={text(t.out)}
        how={moves?.out}
        keys="ArrowUp"
        off={end}
        kind="step"
        act={acts.out}
      />
      <TransportButton
        icon="chapter"
        name={t.chapter}
        text={text(t.chapters)}
        narrow
        keys="PageDown"
        off={end}
        kind="step"
        act={acts.chapter}
      />
      <TransportButton
        icon="end"
        name={t.end}
        keys="End"
        off={end}
        kind="edge"
        act={acts.end}
      />
      <SpeedChoice />
      {!compact && <BreakpointsButton />}
      {!compact && <ChapterChoice />}
      <Count />
      {!compact && stops && <Stopped />}
      {!compact && (
        <span className={css.marks}>
          <Suspense>{!empty && !starting && <Marks />}</Suspense>
        </span>
      )}
    </section>
  );
}
