import css from './table.module.css';

interface SearchProps {
  name: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** What the text found, in words; empty while there is no text. */
  found: string;
}

/** A field that filters while somebody types; Escape clears it. */
export function Search({ name, placeholder, value, onChange, found }: SearchProps) {
  return (
    <span className={css.search}>
      <input
        type="search"
        aria-label={name}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
      />
      <output className={css.found}>{found}</output>
    </span>
  );
}

interface SelectProps<T extends string> {
  name: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of more than fit in a line. */
export function Select<T extends string>({ name, options, value, onChange }: SelectProps<T>) {
  return (
    <select className={css.select} aria-label={name} value={value}
      onChange={(event) => onChange(event.currentTarget.value as T)}>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}
