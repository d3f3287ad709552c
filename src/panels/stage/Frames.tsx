import { memo } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { framesOf } from '../../geometry/stage-frames.ts';
import type { FramesPage } from '../../geometry/stage-frames.ts';
import type { RingView } from '../../store/view.ts';
import css from './frames.module.css';
import { lineOf } from './model.ts';
import { framesSentence } from '../../store/stage/frames-sentence.ts';
import zone from './zone.module.css';

const HEIGHT = 30;

/** One page: its place in the range, its machine frame's place in memory, and the line between. */
const Page = memo(function Page({ page }: { page: FramesPage }) {
  const { from, to, at } = page;
  return (
    <g className={css.page} data-line={lineOf.ref(page.ref)} data-hot={page.hot || undefined}>
      <path className={css.block} d={`M${from} 1H${to}V7H${from}Z`} />
      <path className={css.way} d={`M${(from + to) / 2} 7V9L${at} ${HEIGHT - 8}V${HEIGHT - 1}`} />
    </g>
  );
});

/** Why a ring needs a mapping: its pages follow each other in dom0's addresses, their machine frames do not. */
export default memo(function Frames({ tx, rx }: { tx: RingView | null; rx: RingView | null }) {
  const rings = [tx, rx].filter((ring) => ring !== null);
  const pages = framesOf(rings);
  const whole = rings.filter((ring) => ring.vaddr !== null && ring.pages.every(({ handle }) => handle !== null));
  return (
    <figure className={css.frames} data-block>
      <figcaption className={zone.caption}>
        <span>{w.frames.title}</span>
        {pages.length === 0 && w.frames.none}
        {whole.map((ring) => <span key={ring.direction} className={zone.hidden}>{framesSentence(ring)}</span>)}
      </figcaption>
      <svg viewBox={`0 0 100 ${HEIGHT}`} height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
        <path className={css.axis} d={`M0 4H100M0 ${HEIGHT - 4}H100`} />
        {pages.map((page) => <Page key={page.key} page={page} />)}
      </svg>
    </figure>
  );
});
