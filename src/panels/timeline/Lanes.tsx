import { memo, useId, useMemo } from 'react';
import { messagePath, positionScale, tickPath } from '../../geometry/timeline.ts';
import type { Lane } from '../../geometry/timeline.ts';
import type { Outline } from '../../store/store.ts';
import css from './timeline.module.css';

interface Props {
  outline: Outline;
  lanes: readonly Lane[];
  width: number;
  /** Of one lane, in pixels. */
  height: number;
  position: number;
}

const TICK = 0.56;
const THIN = 2;
/** Pixels by which two messages must differ to be drawn both. */
const APART = 12;

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

function messagesPath(outline: Outline, lanes: readonly Lane[], width: number, height: number): string {
  const x = positionScale(outline.length, width);
  const laneOf = new Map(lanes.flatMap(({ threads }, index) => threads.map((thread) => [thread, index])));
  const y = (step: number): number | undefined => {
    const lane = laneOf.get(outline.thread[step] ?? -1);
    return lane === undefined ? undefined : lane * height + height / 2;
  };
  const drawn = new Set<string>();
  return outline.messages
    .map(({ from, to }) => {
      const y0 = y(from);
      const y1 = y(to);
      if (y0 === undefined || y1 === undefined || y0 === y1) return '';
      // Of messages that would lie upon one another, one is enough.
      const place = [x(from), y0, x(to), y1].map((value) => Math.round(value / APART)).join(' ');
      if (drawn.has(place)) return '';
      drawn.add(place);
      return messagePath(x(from + 1), y0, x(to), y1);
    })
    .join('');
}

const Ticks = memo(function Ticks({ paths }: { paths: readonly LanePaths[] }) {
  return paths.map(({ id, party, steps, away }) => (
    <g key={id} data-party={party} className={css.ticks}>
      <path d={away} opacity="0.55" />
      <path d={steps} />
    </g>
  ));
});

/** What ran when. The future is the same picture, faded; moving only moves a clip. */
export const Lanes = memo(function Lanes({ outline, lanes, width, height, position }: Props) {
  const clip = useId();
  const paths = useMemo(() => pathsOf(outline, lanes, width, height), [outline, lanes, width, height]);
  const messages = useMemo(
    () => messagesPath(outline, lanes, width, height),
    [outline, lanes, width, height],
  );
  const x = positionScale(outline.length, width);
  const total = lanes.length * height;
  return (
    <svg className={css.svg} width={width} height={total} aria-hidden="true">
      <clipPath id={clip}>
        <rect width={x(position)} height={total} />
      </clipPath>
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
        <path className={css.message} d={messages} />
      </g>
      <g clipPath={`url(#${clip})`}>
        <Ticks paths={paths} />
        <path className={css.message} d={messages} />
      </g>
    </svg>
  );
});
