import { memo, useMemo } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import {
  CIRCLE, bandPath, degrees, leaderPath, scalePath, slotAngle, slotAtPoint, spread,
} from '../../../geometry/ring-circle.ts';
import type { RingView } from '../../../store/view.ts';
import { Mark } from './Mark.tsx';
import { INDEXES, indexValue, standingOf } from '../../../store/stage/ring-slots.ts';
import { stretches } from './model.ts';
import type { SlotRun } from '../../../store/stage/ring-slots.ts';
import css from './rings.module.css';

interface Props {
  ring: RingView;
  slots: number;
  runs: readonly SlotRun[] | null;
  /** By slot: what this step changed. */
  changed: ReadonlyMap<number, unknown>;
  /** Null while none is chosen. */
  slot: number | null;
  onPick: (slot: number) => void;
}

/** Slots that PageUp and PageDown pass over, of all. */
const LEAP = 16;

function destination(key: string, slot: number | null, slots: number): number | undefined {
  const leap = Math.max(1, slots / LEAP);
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: leap, PageDown: -leap }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return slots - 1;
  if (by === undefined) return undefined;
  // The first key only says where one is; from the last slot the ring goes on with slot 0.
  return slot === null ? 0 : (slot + by + slots) % slots;
}

/** The ring as a circle. It is a slider over the slots: arrow keys go from one to the next, and around. */
export function Circle({ ring, slots, runs, changed, slot, onPick }: Props) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : destination(event.key, slot, slots);
    if (to === undefined) return;
    event.preventDefault();
    onPick(to);
  };
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onPick(slotAtPoint(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2, slots));
  };
  const standing = slot === null ? null : standingOf(runs, slot, slots);
  const state = standing === null ? '' : t.state[standing.state];
  return (
    <div
      className={css.circle}
      role="slider"
      tabIndex={0}
      aria-label={fill(t.circle, { ring: t[ring.direction], queue: ring.queue })}
      aria-valuemin={0}
      aria-valuemax={slots - 1}
      aria-valuenow={slot ?? 0}
      aria-valuetext={slot === null ? t.noSlot : fill(t.slotIs, { slot, state })}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <svg viewBox={`${-CIRCLE.size / 2} ${-CIRCLE.size / 2} ${CIRCLE.size} ${CIRCLE.size}`} aria-hidden="true">
        <Band runs={runs} slots={slots} />
        {stretches(changed.keys()).map(([from, count]) => (
          <path key={from} className={css.hotBand} d={bandPath(from, count, slots)} />
        ))}
        {slot !== null && <path className={css.chosenBand} d={bandPath(slot, 1, slots, 1.5)} />}
        <Marks ring={ring} slots={slots} outside />
        <Marks ring={ring} slots={slots} outside={false} />
      </svg>
      <span className={css.middle} aria-hidden="true">
        <b>{t[ring.direction]}</b>
        {slots}
      </span>
    </div>
  );
}

/** The slots' states, the long stretches first so that they hide no short one. */
const Band = memo(function Band({ runs, slots }: { runs: readonly SlotRun[] | null; slots: number }) {
  const scale = useMemo(() => scalePath(slots), [slots]);
  const drawn = [...(runs ?? [])].sort((a, b) => b.count - a.count);
  return (
    <>
      <path className={css.band} d={bandPath(0, slots, slots)} />
      <path className={css.wrap} d={`M0 ${-CIRCLE.outer}V${-CIRCLE.inner + 3}`} />
      {drawn.map(({ state, from, count }) => (
        <path key={state} className={css.band} data-state={state} d={bandPath(from, count, slots)} />
      ))}
      <path className={css.scale} d={scale} />
    </>
  );
});

/** The indexes that are shared, around the band, or those that are private, within it. */
const Marks = memo(function Marks({ ring, slots, outside }: { ring: RingView; slots: number; outside: boolean }) {
  const radius = outside ? CIRCLE.outside : CIRCLE.inside;
  const edge = outside ? CIRCLE.outer : CIRCLE.inner;
  const there = INDEXES.flatMap((index) => {
    const value = indexValue(ring, index);
    return (index.owner === 'shared') === outside && value !== null ? [{ index, angle: slotAngle(value, slots) }] : [];
  });
  const places = spread(there.map(({ angle }) => angle), radius);
  return there.map(({ index, angle }, i) => (
    <g key={index.name}>
      <path className={css.leader} d={leaderPath(angle, places[i]!, edge, radius)} />
      <g transform={`rotate(${degrees(places[i]!)}) translate(0 ${-radius})`}>
        <title>{index.name}</title>
        <Mark index={index} hot={ring.changed?.includes(index.name) ?? false} />
      </g>
    </g>
  ));
});
