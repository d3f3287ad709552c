import type { RingBlock, RingsLayout } from '../../geometry/stage-rings.ts';
import css from './ghosts.module.css';
import type { Side } from '../../store/stage/words.ts';
import zone from './zone.module.css';

function outline(block: RingBlock, top: number): string {
  return block.tiles.map(({ x, y, width, height }) =>
    `M${x + 0.5} ${y - top + 0.5}h${width - 1}v${height - 1}h${1 - width}Z`).join('');
}

interface GhostsProps {
  layout: RingsLayout;
  side: Side;
  stacked: boolean;
  says: string;
}

/** Outlines where ring pages will be or were, and what there is to say of them. How many there will be is not said. */
export function Ghosts({ layout, side, stacked, says }: GhostsProps) {
  const { top } = layout.tx;
  const fade = `ghosts-${side}`;
  const end = layout.bottom - top;
  return (
    <div className={css.ghosts} data-stacked={stacked || undefined} style={stacked ? undefined : { top, height: end }}>
      <p className={`${css.says} ${zone.empty}`}>{says}</p>
      {!stacked && (
        <svg className={css.outlines} height={end} aria-hidden="true">
          <linearGradient id={fade}>
            <stop offset="0" stopColor="currentcolor" />
            <stop offset="1" stopColor="currentcolor" stopOpacity="0.1" />
          </linearGradient>
          <path stroke={`url(#${fade})`} d={outline(layout.rx, top)} />
        </svg>
      )}
    </div>
  );
}
