import { branchWords } from '../../content/branches.ts';
import { positionScale } from '../../geometry/timeline.ts';
import { partsAt } from '../../store/branches.ts';
import { useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import css from './branches.module.css';

/** A mark on the timeline wherever another branch leaves the run that is open. */
export default function Forks({ outline, width }: { outline: Outline; width: number }) {
  const branches = useApp((state) => state.branches);
  const x = positionScale(outline.length, width);
  const places = branches
    .map(({ run }) => partsAt(run.choices, outline.run.choices))
    .filter((at): at is number => at !== undefined && at <= outline.length);
  return [...new Set(places)].map((at) => (
    <svg
      key={at}
      className={css.fork}
      style={{ left: x(at) }}
      // At the last step it ends with the chart, as far out as the chart has room.
      viewBox="0 0 11 12"
      width="11"
      height="12"
      aria-hidden="true"
    >
      <title>{branchWords.fork}</title>
      <path d="M3 11V6.5a2 2 0 0 1 2-2h4M3 11V1M7 2l2.5 2.5L7 7" />
    </svg>
  ));
}
