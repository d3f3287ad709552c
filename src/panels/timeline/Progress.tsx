import { words } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import css from './transport.module.css';

/** The place in the run as a plain slider, where there is no room for the lanes. */
export function Progress() {
  const position = useApp((state) => state.position);
  const length = useApp((state) => state.outline?.length ?? 0);
  return (
    <input
      className={css.progress}
      type="range"
      min={0}
      max={length}
      value={position}
      aria-label={words.timeline.scrubber}
      onChange={({ target }) => commands.seek(Number(target.value))}
    />
  );
}
