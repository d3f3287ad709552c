import { memo, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { StateTrackView } from '../../store/view.ts';
import css from './track.module.css';
import { driverSays, isDeferred, publishedState, STATES, stateCopies, stateName, UNUSED_STATES } from './words.ts';
import type { Side } from './words.ts';

const STEP = 30;
const FIRST = 6;
/** Of the box with the three copies, in pixels. */
const WIDTH = 276;

/**
 * The nine xenbus states as stations of a line: the dot is the store's copy, the dashed ring the driver's.
 */
export const StateTrack = memo(function StateTrack({ side, track }: { side: Side; track: StateTrackView }) {
  const copiesId = useId();
  const copies = useRef<HTMLDivElement>(null);
  const deferred = isDeferred(track);
  const end = side === 'front' ? 'Frontend' : 'Backend';
  const missing = track.gone ? 'gone, its directory is removed' : 'not in the store yet';
  const published = track.published === null ? missing : stateName(track.published);

  function show(from: HTMLElement): void {
    const box = copies.current;
    if (box === null || typeof box.showPopover !== 'function') return;
    const { left, bottom } = from.getBoundingClientRect();
    box.style.left = `${Math.max(4, Math.min(left, window.innerWidth - WIDTH - 4))}px`;
    box.style.top = `${bottom + 4}px`;
    box.showPopover();
  }
  function hide(): void {
    if (typeof copies.current?.hidePopover === 'function') copies.current.hidePopover();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') hide();
  }

  return (
    <div className={css.track} data-side={side} data-hot={track.hot || undefined}
      data-gone={track.gone || undefined}>
      <svg viewBox="0 0 252 26" className={css.svg} aria-hidden="true">
        <path className={css.rail} d={`M${FIRST} 13H${FIRST + 8 * STEP}`} />
        {STATES.map((name, state) => {
          const x = FIRST + state * STEP;
          const here = track.published === state;
          const unused = !here && UNUSED_STATES[state] !== undefined;
          return (
            <g key={name} className={css.station} data-here={here || undefined}
              data-unused={unused || undefined}>
              {deferred && track.driver === state && <circle className={css.ghost} cx={x} cy={13} r={10} />}
              <circle className={css.stop} cx={x} cy={13} r={here ? 9.5 : 6.5} />
              <text className={css.digit} x={x} y={13}>{state}</text>
            </g>
          );
        })}
      </svg>
      <button
        type="button"
        className={css.line}
        aria-label={`${end} state: ${published}`}
        aria-describedby={copiesId}
        onFocus={(event) => show(event.currentTarget)}
        onBlur={hide}
        onPointerEnter={(event) => show(event.currentTarget)}
        onPointerLeave={hide}
        onKeyDown={onKeyDown}
      />
      <p className={css.name}>
        <span className={css.published}>{publishedState(track)}</span>
        {deferred && <span className={css.meant}>{driverSays(track)}</span>}
      </p>
      <div ref={copies} id={copiesId} className={css.copies} popover="manual">
        <dl className={css.list}>
          {stateCopies(side, track).map(({ where, what }) => (
            <div key={where}>
              <dt>{where}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        {Object.entries(UNUSED_STATES).map(([state, why]) => (
          <p key={state} className={css.why}>{stateName(Number(state))}: {why}.</p>
        ))}
      </div>
    </div>
  );
});
