import { memo, useMemo } from 'react';
import { useGrantItems, useShape, useStage } from './store.ts';
import css from './wires.module.css';
import { wiresOf } from './wires.ts';
import type { Wire } from './wires.ts';

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
  return (
    <svg className={css.wires} width={layout.width} height={layout.height} aria-hidden="true">
      {wires.map((wire) => <Line key={`${queue}.${wire.key}.${wire.kind}`} wire={wire} />)}
    </svg>
  );
}
