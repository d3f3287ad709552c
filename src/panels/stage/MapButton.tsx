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
  zone: 'M8 6l4-4M9 2h3v3M6 8l-4 4M5 12H2V9',
} as const;

interface Props {
  icon: keyof typeof ICONS;
  /** What it is called, where its icon does not say. */
  name?: string;
  /** The zone it belongs to. */
  zone?: string;
  onClick: () => void;
}

/** A button of the map, called what its icon says. */
export function MapButton({ icon, name = icon === 'zone' ? '' : words.map[icon], zone, onClick }: Props) {
  return (
    <button
      type="button"
      className={css.button}
      data-icon={zone ?? icon}
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d={ICONS[icon]} /></svg>
    </button>
  );
}
