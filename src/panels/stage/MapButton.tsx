import { words } from '../../content/words.ts';
import css from './map.module.css';

const ICONS = {
  in: 'M7 2v10M2 7h10',
  out: 'M2 7h10',
  fit: 'M2 5V2h3M9 2h3v3M12 9v3H9M5 12H2V9',
  left: 'M9 3 5 7l4 4',
  right: 'M5 3l4 4-4 4',
  up: 'M3 9l4-4 4 4',
  down: 'M3 5l4 4 4-4',
} as const;

interface Props {
  icon: keyof typeof ICONS;
  onClick: () => void;
}

/** A button over a corner of the map, called what its icon says. */
export function MapButton({ icon, onClick }: Props) {
  const name = words.map[icon];
  return (
    <button type="button" className={css.button} data-icon={icon} aria-label={name} title={name} onClick={onClick}>
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d={ICONS[icon]} /></svg>
    </button>
  );
}
