import { memo, useMemo } from 'react';
import type { ReactNode } from 'react';
import { bundlesOf, messagePath, positionScale, tickPath } from '../../geometry/timeline.ts';
import type { Lane } from '../../geometry/timeline.ts';
import { useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import css from './timeline.module.css';

interface Props {
  outline: Outline;
  lanes: readonly Lane[];
  width: number;
  /** Of one lane, in pixels. */
  height: number;
}

const TICK = 0.56;
const THIN = 2;
/** Width of the line for one message, and at most for many. */
const LINE = { one: 0.75, most: 2.5 } as const;

interface LanePaths {
  id: string;
  party: string;
  steps: string;
  away: string;
}

/** One path a lane and kind, however many steps there are. */
function pathsOf(outline: Outline, lanes: readonly Lane[], width: number, height: number): LanePaths[] {
  const x = positionScale(outline.length, width);
  const tick = Math.round(height * TICK);
  return lanes.map(({ id, party, steps, away }, index) => {
    const middle = index * height + height / 2;
    return {
      id,
      party,
      steps: tickPath(steps, x, middle - tick / 2, tick),
      away: tickPath(away, x, middle - THIN / 2, THIN),
    };
  });
}

interface MessageLine {
  d: string;
  width: number;
}

function messageLines(outline: Outline, lanes: readonly Lane[], width: number, height: number): MessageLine[] {
  const x = positionScale(outline.length, width);
  const laneOf = new Map(lanes.flatMap(({ threads }, index) => threads.map((thread) => [thread, index])));
  const y = (step: number): number | undefined => {
    const lane = laneOf.get(outline.thread[step] ?? -1);
    return lane === undefined ? undefined : lane * height + height / 2;
  };
  const ends = outline.messages.flatMap(({ from, to }) => {
    const y0 = y(from);
    const y1 = y(to);
    if (y0 === undefined || y1 === undefined || y0 === y1) return [];
    return [{ x0: x(from + 1), y0, x1: x(to), y1 }];
  });
  return bundlesOf(ends).map(({ x0, y0, x1, y1, count }) => ({
    d: messagePath(x0, y0, x1, y1),
    width: Math.min(LINE.most, LINE.one + Math.log2(count) / 3),
  }));
}

const Messages = memo(function Messages({ lines }: { lines: readonly MessageLine[] }) {
  return lines.map(({ d, width }) => <path key={d} className={css.message} d={d} strokeWidth={width} />);
});

const Ticks = memo(function Ticks({ paths }: { paths: readonly LanePaths[] }) {
  return paths.map(({ id, party, steps, away }) => (
    <g key={id} data-party={party} className={css.ticks}>
      <path d={away} fillOpacity="0.55" />
      <path d={steps} />
    </g>
  ));
});

/** What has run so far of `children`, which are as wide as the run: the rest is cut off. Moving moves layers, and paints nothing. */
function Past({ length, width, children }: { length: number; width: number; children: ReactNode }) {
  const rest = width - positionScale(length, width)(useApp((state) => state.position));
  return (
    <div className={css.past} style={{ transform: `translateX(${-rest}px)` }}>
      <div style={{ transform: `translateX(${rest}px)` }}>{children}</div>
    </div>
  );
}

/** What ran when, drawn twice: the future is the same picture, faded. */
export const Lanes = memo(function Lanes({ outline, lanes, width, height }: Props) {
  const paths = useMemo(() => pathsOf(outline, lanes, width, height), [outline, lanes, width, height]);
  const messages = useMemo(
    () => messageLines(outline, lanes, width, height),
    [outline, lanes, width, height],
  );
  const x = positionScale(outline.length, width);
  const total = lanes.length * height;
  return (
    <>
      <svg className={css.svg} width={width} height={total} aria-hidden="true">
        {outline.chapters.map(({ id, at }) => (
          <line key={id} className={css.rule} x1={x(at)} x2={x(at)} y1="0" y2={total} />
        ))}
        {lanes.map(({ id }, index) => (
          <line
            key={id}
            className={css.rule}
            x1="0"
            x2={width}
            y1={(index + 0.5) * height}
            y2={(index + 0.5) * height}
          />
        ))}
        <g className={css.future}>
          <Ticks paths={paths} />
          <Messages lines={messages} />
        </g>
      </svg>
      <Past length={outline.length} width={width}>
        <svg className={css.svg} width={width} height={total} aria-hidden="true">
          <Ticks paths={paths} />
          <Messages lines={messages} />
        </svg>
      </Past>
    </>
  );
});
