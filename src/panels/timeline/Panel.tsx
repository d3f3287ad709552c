import { useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import { words } from '../../content/words.ts';
import { flagsOf, lanesOf, positionScale } from '../../geometry/timeline.ts';
import { commands } from '../../store/commands.ts';
import { chapterIndex } from '../../store/outline.ts';
import { useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import { Lanes } from './Lanes.tsx';
import { Scrubber } from './Scrubber.tsx';
import css from './timeline.module.css';
import { SpeedChoice } from './Transport.tsx';
import { useWidth } from './useWidth.ts';

/** Room that all lanes share; with few of them a lane is still no taller than this. */
const ALL_LANES = 112;
const ALL_LANES_TALL = 180;
const TALLEST = 20;
const LOWEST = 12;
/** A chapter's title is left out where it has less room than this. */
const TITLE_ROOM = 36;
/** The title of the current chapter is always shown, from the right where it would leave the page. */
const CURRENT_ROOM = 180;

/** A title for a narrow place: an article in front of it says nothing there. */
function shortTitle(title: string): string {
  const [, rest] = /^The (.+)$/.exec(title) ?? [];
  return rest === undefined ? title : rest.charAt(0).toUpperCase() + rest.slice(1);
}

function Chart({ outline, allLanes }: { outline: Outline; allLanes: number }) {
  const position = useApp((state) => state.position);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const lanes = useMemo(() => lanesOf(outline), [outline]);
  const height = Math.max(LOWEST, Math.min(TALLEST, Math.floor(allLanes / lanes.length)));
  const x = positionScale(outline.length, width);
  const flags = flagsOf(outline.chapters, x, width, TITLE_ROOM);
  const current = chapterIndex(outline, position);
  return (
    <div className={css.chart}>
      <ol className={css.names} style={{ '--lane': `${height}px` } as CSSProperties}>
        {lanes.map(({ id, name, party }) => (
          <li key={id} data-party={party} title={name}>
            {name}
          </li>
        ))}
      </ol>
      <div className={css.plot} ref={plot}>
        <div className={css.flags}>
          {flags.map(({ index, x: left, width: room, titled }) => {
            const { id, title, at } = outline.chapters[index]!;
            return (
              // The slider and PageUp and PageDown do the same from the keyboard.
              <button
                key={id}
                type="button"
                tabIndex={-1}
                className={css.flag}
                title={title}
                style={
                  index === current && width - left < CURRENT_ROOM ? { right: 0 } : { left, width: room }
                }
                aria-current={index === current}
                onClick={() => commands.seek(at + 1)}
              >
                {titled || index === current ? shortTitle(title) : ''}
              </button>
            );
          })}
        </div>
        <Scrubber outline={outline} position={position} width={width}>
          <Lanes outline={outline} lanes={lanes} width={width} height={height} position={position} />
          <span className={css.head} style={{ transform: `translateX(${x(position)}px)` }} />
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
            {title}
          </button>
        </li>
      ))}
    </ol>
  );
}

/**
 * The whole run at a glance: a lane a thread, chapters, messages, and the place where we are. `chapters`
 * lists those by name as well, and the speed, for pages too narrow to have them elsewhere.
 */
export function TimelinePanel({ chapters = false }: { chapters?: boolean }) {
  const outline = useApp((state) => state.outline);
  if (outline === null) return <p className={css.empty}>{words.timeline.empty}</p>;
  return (
    <>
      <Chart outline={outline} allLanes={chapters ? ALL_LANES_TALL : ALL_LANES} />
      {chapters && (
        <div className={css.speed}>
          <SpeedChoice />
        </div>
      )}
      {chapters && <Chapters outline={outline} />}
    </>
  );
}
