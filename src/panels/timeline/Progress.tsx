import { words } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { firstOf, lastOf } from '../../store/range.ts';
import { useApp } from '../../store/store.ts';
import css from './transport.module.css';

/** The place in the run as a plain slider, where there is no room for the lanes. */
export function Progress() {
  const position = useApp((state) => state.position);
  const first = useApp(firstOf);
  const last = useApp(lastOf);
  return (
    <input
      className={css.progress}
      type="range"
      min={first}
      max={last}
      value={position}
      aria-label={words.timeline.scrubber}
      onChange={({ target }) => commands.seek(Number(target.value))}
    />
  );
}
