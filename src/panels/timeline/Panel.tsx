import { Suspense, useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import { words } from '../../content/words.ts';
import { flagsOf, lanesOf, positionScale } from '../../geometry/timeline.ts';
import { lazy } from '../../parts/lazy.ts';
import { commands } from '../../store/commands.ts';
import { chapterIndex } from '../../store/outline.ts';
import { isApart } from '../../store/step-title.ts';
import { useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import { BreakpointsButton } from './Breakpoints.tsx';
import { Lanes } from './Lanes.tsx';
import { MarkFlags } from './MarkFlags.tsx';
import { TimelineRoom, laneHeight } from './Room.tsx';
import type { Size } from './Room.tsx';
import { Scrubber } from './Scrubber.tsx';
import css from './timeline.module.css';
import { SpeedChoice } from './Transport.tsx';
import { useWidth } from './useWidth.ts';

/** Only a run that has branches needs them. */
const Branches = lazy(() => import('./Branches.tsx'));
const Forks = lazy(() => import('./Forks.tsx'));
/** They wait until there is a run, and the page has begun. */
const Marks = lazy(() => import('./Marks.tsx'));

/** In pixels, of a wide font: a number that no font makes wider is cut by none. */
const ROOM = { title: 36, digit: 7, around: 2 } as const;
const NUMBER = 24;

/** A title for a narrow place: an article in front of it says nothing there. */
function shortTitle(title: string): string {
  const [, rest] = /^The (.+)$/.exec(title) ?? [];
  return rest === undefined ? title : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Where we are. */
function Head({ length, width }: { length: number; width: number }) {
  const x = positionScale(length, width)(useApp((state) => state.position));
  return <span className={css.head} style={{ transform: `translateX(${x}px)` }} />;
}

/** Every part that moves with the position reads it by itself: the rest is drawn once a chapter. */
function Chart({ outline, size }: { outline: Outline; size: Size }) {
  const branched = useApp((state) => state.branches.length > 1);
  const current = useApp((state) => chapterIndex(outline, state.position));
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const lanes = useMemo(() => lanesOf(outline, size === 'compact'), [outline, size]);
  const height = laneHeight(size, lanes.length);
  const flags = useMemo(() => flagsOf(outline.chapters, positionScale(outline.length, width), width, ROOM), [outline, width]);
  return (
    <div className={css.chart}>
      <ol className={css.names} style={{ '--lane': `${height}px` } as CSSProperties}>
        {lanes.map(({ id, name, party }) => (
          <li key={id} data-party={party} title={id}>
            {isApart(name) ? words.acts[name] : name}
          </li>
        ))}
      </ol>
      <div className={css.plot} ref={plot}>
        <div className={css.flags}>
          {flags.map(({ index, x: left, width: room, text: own }) => {
            const { id, title, at } = outline.chapters[index]!;
            // The current one has its number in any case, whatever that lies over.
            const bare = own === null && index === current;
            const text = bare ? 'number' : own;
            const named = `${index + 1}. ${title}`;
            return (
              // The list of chapters beside the transport does the same from the keyboard.
              <button
                key={id}
                type="button"
                tabIndex={-1}
                className={css.flag}
                title={named}
                aria-label={text === 'title' ? undefined : named}
                data-number={text === 'number' || undefined}
                style={bare ? { left: Math.min(left, width - NUMBER), width: NUMBER } : { left, width: room }}
                aria-current={index === current}
                onClick={() => commands.seek(at + 1)}
              >
                {text === 'title' ? shortTitle(title) : text === 'number' ? index + 1 : ''}
              </button>
            );
          })}
        </div>
        {branched && (
          <Suspense>
            <Forks outline={outline} width={width} />
          </Suspense>
        )}
        <Scrubber outline={outline} width={width}>
          <Lanes outline={outline} lanes={lanes} width={width} height={height} />
          <MarkFlags outline={outline} width={width} />
          <Head length={outline.length} width={width} />
        </Scrubber>
      </div>
    </div>
  );
}

/** The chapters by name, where the flags have no room for names. */
function Chapters({ outline }: { outline: Outline }) {
  const current = useApp((state) => chapterIndex(outline, state.position));
  return (
    <ol className={css.chapters}>
      {outline.chapters.map(({ id, title, at }, index) => (
        <li key={id}>
          <button
            type="button"
            aria-current={index === current ? 'step' : undefined}
            onClick={() => commands.seek(at + 1)}
          >
            {`${index + 1}. ${title}`}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The branches in a row, or what brings them. */
export function BranchRow() {
  const outline = useApp((state) => state.outline);
  return <Suspense>{outline !== null && <Branches outline={outline} />}</Suspense>;
}

/**
 * The whole run at a glance: a lane a thread, chapters, messages, and the place where we are. `size` says how
 * much room there is: `compact` has a lane a party; `tall`, for a narrow page, lists the chapters by name and
 * the speeds as well, which are elsewhere on others. `apart`: the row of branches is elsewhere.
 */
export function TimelinePanel({ size = 'usual', apart = false }: { size?: Size; apart?: boolean }) {
  const outline = useApp((state) => state.outline);
  const starting = useApp((state) => state.starting);
  const branched = useApp((state) => state.branches.length > 1);
  if (outline === null) return <TimelineRoom size={size} />;
  return (
    <>
      {branched && !apart && (
        <div className={css.branches}>
          <BranchRow />
        </div>
      )}
      <Chart outline={outline} size={size} />
      {size === 'tall' && (
        <>
          <div className={css.speed}>
            <SpeedChoice />
            <BreakpointsButton />
            <Suspense>{!starting && <Marks />}</Suspense>
          </div>
          <Chapters outline={outline} />
        </>
      )}
    </>
  );
}
