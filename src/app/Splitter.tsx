import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { lensWords } from '../content/lenses.ts';
import { appStore } from '../store/store.ts';
import css from './splitter.module.css';

/** Less shows nothing but the tabs. */
const LEAST_PX = 96;
/** A stroke of a key moves it so far: two lines. */
const STROKE_PX = 32;

function setHeight(px: number): void {
  appStore.setState({ lensHeight: Math.round(Math.min(Math.max(px, LEAST_PX), innerHeight)) });
}

function percent(px: number): number {
  return Math.round((100 * px) / innerHeight);
}

/** The upper edge of the lenses, its parent: drawn up or down, or moved by the arrows, it gives them room of the stage or gives it back. */
export default function Splitter() {
  const edge = useRef<HTMLDivElement>(null);
  const [height, setMeasured] = useState(LEAST_PX);
  useEffect(() => {
    const lenses = edge.current?.parentElement;
    if (!lenses) return undefined;
    const observer = new ResizeObserver(() => setMeasured(lenses.offsetHeight));
    observer.observe(lenses);
    return () => observer.disconnect();
  }, []);
  const drag = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    const bottom = edge.current?.parentElement?.getBoundingClientRect().bottom ?? 0;
    setHeight(bottom - event.clientY);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowUp: height + STROKE_PX, ArrowDown: height - STROKE_PX, Home: LEAST_PX, End: innerHeight }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setHeight(to);
  };
  return (
    <div
      ref={edge}
      className={css.splitter}
      role="separator"
      aria-orientation="horizontal"
      aria-label={lensWords.height}
      aria-valuemin={percent(LEAST_PX)}
      aria-valuenow={percent(height)}
      aria-valuetext={`${percent(height)} %`}
      title={lensWords.height}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => appStore.setState({ lensHeight: null })}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
    />
  );
}
