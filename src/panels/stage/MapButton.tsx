import { words } from '../../content/words.ts';
import css from './map.module.css';

const ICONS: Readonly<Record<string, string>> = {
  in: 'M7 2v10M2 7h10',
  out: 'M2 7h10',
  fit: 'M2 5V2h3M9 2h3v3M12 9v3H9M5 12H2V9',
  zone: 'M8 6l4-4M9 2h3v3M6 8l-4 4M5 12H2V9',
};
const NAMES: Readonly<Record<string, string>> = words.map;

interface Props {
  icon: string;
  /** What it is called, where its icon does not say. */
  name?: string | undefined;
  /** How it is drawn, where it has an icon of its own. */
  path?: string;
  /** The zone it belongs to. */
  zone?: string;
  onClick: () => void;
}

/** A button of the map, called what its icon says. */
export function MapButton({ icon, name = NAMES[icon], path = ICONS[icon], zone, onClick }: Props) {
  return (
    <button
      type="button"
      className={css.button}
      data-icon={zone ?? icon}
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d={path} /></svg>
    </button>
  );
}
