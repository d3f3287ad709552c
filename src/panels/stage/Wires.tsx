import { memo, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useGrantItems, useShape, useStage } from './store.ts';
import css from './wires.module.css';
import { wiresOf } from './wires.ts';
import type { Wire } from './wires.ts';

/** Around where a line is fastened: room for its pins and its edge. */
const MARGIN_PX = 12;

const Line = memo(function Line({ wire }: { wire: Wire }) {
  return (
    <g className={css.wire} data-life={wire.life} data-kind={wire.kind}
      data-hot={wire.hot || undefined} data-lit={wire.lit || undefined} data-faint={wire.faint || undefined}>
      {(wire.kind === 'bundle' || wire.kind === 'strand' || wire.lit) && <path className={css.casing} d={wire.d} />}
      {wire.hot && <><path className={css.edge} d={wire.d} /><path className={css.glow} d={wire.d} /></>}
      <path key={wire.life} className={css.line} d={wire.d} />
      {wire.pins.map(({ x, y }) => (
        <circle key={`${x},${y}`} className={css.pin} cx={x} cy={y} r={wire.hot || wire.lit ? 3 : 2} />
      ))}
    </g>
  );
});

/** The lines that the step made or took further: uncovered once from left to right, from the pages to their twins. */
function Hot({ wires, width, height, children }: { wires: readonly Wire[]; width: number; height: number; children: ReactNode }) {
  const at = wires.flatMap(({ pins }) => pins.map(({ x }) => x));
  const left = Math.min(...at) - MARGIN_PX;
  const right = Math.max(...at) + MARGIN_PX;
  return (
    <div className={css.cover} style={{ left, width: right - left, height }}>
      <div className={css.hold}>
        <svg className={css.wires} style={{ left: -left }} width={width} height={height} aria-hidden="true">{children}</svg>
      </div>
    </div>
  );
}

/** From each page through its grant entry to where it is mapped. The tiles say the same in words. */
export function Wires() {
  const shape = useShape();
  const rings = useStage((state) => state.view.rings);
  const queue = useStage((state) => state.queue);
  const scroll = useStage((state) => state.scroll);
  const layout = useStage((state) => state.layout);
  const lit = useStage((state) => state.lit);
  const items = useGrantItems();
  const wires = useMemo(
    () => shape === null ? [] : wiresOf({ rings, shape, items, queue, scroll, layout, lit }),
    [rings, shape, items, queue, scroll, layout, lit],
  );
  const { width, height } = layout;
  const hot = wires.filter((wire) => wire.hot);
  const lines = (those: readonly Wire[]): ReactNode =>
    those.map((wire) => <Line key={`${queue}.${wire.key}.${wire.kind}`} wire={wire} />);
  return (
    <>
      <svg className={css.wires} width={width} height={height} aria-hidden="true">{lines(wires.filter((wire) => !wire.hot))}</svg>
      {hot.length > 0 && (
        <Hot key={hot.map(({ key }) => key).join()} wires={hot} width={width} height={height}>{lines(hot)}</Hot>
      )}
    </>
  );
}
