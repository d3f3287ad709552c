import zone from './zone.module.css';

interface MoreProps {
  /** How many do not show. */
  text: string;
  /** The same, with of what, and where pressing it leads. */
  name: string;
  onOpen: () => void;
}

/** Says how much of a list does not show, and leads to where there is room for all of it. */
export function More({ text, name, onOpen }: MoreProps) {
  return (
    <button type="button" tabIndex={-1} className={zone.more} title={name} aria-label={name} onClick={onOpen}>
      {text}
    </button>
  );
}
