import { memo, useId, useRef } from 'react';
import type { CSSProperties, FocusEvent } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { StateTrackView } from '../../store/view.ts';
import { Running } from './Running.tsx';
import { stateSubject } from './subjects.ts';
import css from './track.module.css';
import {
  driverSays, isDeferred, publishedState, stateCopies, stateName, stationSentence, trackSentence, unusedState,
} from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';

/** Of the box with the three copies, in pixels. */
const WIDTH = 276;
/** How long the box stays when the pointer has left, so that it can be reached. */
const STAY_MS = 160;
const UNUSED = w.states.flatMap((_, state) => {
  const why = unusedState(state);
  return why === undefined ? [] : [{ state, why }];
});

/** Each is as wide as a station. */
function placeOf(state: number): CSSProperties {
  return { transform: `translateX(${state * 100}%)` };
}

/**
 * The nine xenbus states as stations of a line: the dot is the store's copy, the dashed ring the driver's. Each station
 * asks who wrote the state; the box beneath shows the three copies of it, and asks about each.
 */
export const StateTrack = memo(function StateTrack({ side, track }: { side: Side; track: StateTrackView }) {
  const copiesId = useId();
  const copies = useRef<HTMLDivElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Ends what listens while the box shows. */
  const shown = useRef<AbortController>(undefined);
  const deferred = isDeferred(track);
  const { published, driver } = track;

  function show(from: HTMLElement): void {
    clearTimeout(leaving.current);
    const box = copies.current;
    if (box === null || typeof box.showPopover !== 'function') return;
    const { left, bottom } = from.getBoundingClientRect();
    box.style.left = `${Math.max(4, Math.min(left, window.innerWidth - WIDTH - 4))}px`;
    box.style.top = `${bottom}px`;
    box.showPopover();
    shown.current?.abort();
    const { signal } = (shown.current = new AbortController());
    const track = box.parentElement;
    // A finger does not hover, so nothing tells that it is elsewhere but what it does there.
    document.addEventListener('pointerdown', ({ target }) => {
      if (!(target instanceof Node && track?.contains(target))) hide();
    }, { signal });
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') hide();
    }, { signal });
    // What scrolls under the box takes the track away from it.
    document.addEventListener('scroll', ({ target }) => {
      if (target instanceof Node && target.contains(track)) hide();
    }, { signal, capture: true });
  }
  function hide(): void {
    shown.current?.abort();
    if (typeof copies.current?.hidePopover === 'function') copies.current.hidePopover();
  }
  function onBlur({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) hide();
  }

  return (
    // What acts are the buttons in it; this only shows the box beneath while one of them has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={css.track}
      data-side={side}
      data-hot={track.hot || undefined}
      data-gone={track.gone || undefined}
      role="group"
      aria-label={trackSentence(side, track)}
      onFocus={({ currentTarget, target }) => {
        if (!copies.current?.contains(target)) show(currentTarget);
      }}
      onBlur={onBlur}
      onPointerLeave={() => {
        leaving.current = setTimeout(hide, STAY_MS);
      }}
    >
      <div className={css.line} onPointerEnter={({ currentTarget }) => show(currentTarget)}>
        {w.states.map((name, state) => (
          <WhoWrote
            key={name}
            of={() => stateSubject(side, 'published')}
            label={stationSentence(side, track, state)}
            tabIndex={-1}
            className={css.station}
          >
            <span className={css.stop} data-unused={unusedState(state) !== undefined || undefined}>{state}</span>
          </WhoWrote>
        ))}
        {deferred && driver !== null && <span aria-hidden="true" className={css.ghost} style={placeOf(driver)} />}
        {published !== null && (
          <span aria-hidden="true" className={css.dot} style={placeOf(published)}><b>{published}</b></span>
        )}
      </div>
      <p className={css.name}>
        <WhoWrote
          of={() => stateSubject(side, 'published')}
          label={trackSentence(side, track)}
          tabIndex={-1}
          className={css.published}
        >
          {publishedState(track)}
        </WhoWrote>
        {deferred && (
          <WhoWrote of={() => stateSubject(side, 'driver')} label={driverSays(track)} tabIndex={-1} className={css.meant}>
            <span title={driverSays(track)}>{fill(w.track.driver, { state: driver ?? '' })}</span>
          </WhoWrote>
        )}
        <Running party={side === 'front' ? 'domU' : 'dom0'} className={css.running} />
      </p>
      <div
        ref={copies}
        id={copiesId}
        className={css.copies}
        popover="manual"
        role="group"
        aria-label={w.track.copies}
        onPointerEnter={() => clearTimeout(leaving.current)}
      >
        <dl className={css.list}>
          {stateCopies(side, track).map(({ copy, where, what }) => (
            <div key={copy}>
              <dt>{where}</dt>
              <dd>
                {track[copy] === null ? what : (
                  <WhoWrote of={() => stateSubject(side, copy)} label={`${where}: ${what}`} tabIndex={-1}>
                    {what}
                  </WhoWrote>
                )}
              </dd>
            </div>
          ))}
        </dl>
        {UNUSED.map(({ state, why }) => (
          <p key={state} className={css.why}>{stateName(state)}: {why}.</p>
        ))}
      </div>
    </div>
  );
});
