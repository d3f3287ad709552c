import css from './rings.module.css';
import type { Index } from '../../../store/stage/ring-slots.ts';

const SHAPES = {
  in: 'M-4 -3.5H4L0 3.5Z',
  out: 'M-4 3.5H4L0 -3.5Z',
  cons: 'M-3 -3H3V3H-3Z',
  event: 'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z',
} as const;

const PARTY = { shared: undefined, netfront: 'domU', netback: 'dom0' } as const;

/**
 * The sign of an index around its origin. A triangle produces, a square consumes, a disc asks for an event; requests are
 * filled and responses hollow; the shared ones point inwards.
 */
export function Mark({ index: { owner, of, role }, hot }: { index: Index; hot: boolean }) {
  const shape = role === 'prod' ? SHAPES[owner === 'shared' ? 'in' : 'out'] : SHAPES[role];
  return (
    <g className={css.mark} data-party={PARTY[owner]} data-hollow={of === 'rsp' || undefined}>
      {hot && <circle className={css.halo} r="6.5" />}
      <path d={shape} />
    </g>
  );
}

/** The same sign by itself, to stand beside words. */
export function MarkKey({ index }: { index: Index }) {
  return (
    <svg className={css.key} viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">
      <Mark index={index} hot={false} />
    </svg>
  );
}
