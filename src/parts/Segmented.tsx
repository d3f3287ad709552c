import { useId } from 'react';

interface SegmentedProps<T extends string | number> {
  /** What they are about; absent where a fieldset around them says it. */
  label?: string;
  values: readonly T[];
  /** Null while none is chosen. */
  value: T | null;
  nameOf: (value: T) => string;
  onPick: (value: T) => void;
}

/** A row of exclusive choices, side by side. */
export function Segmented<T extends string | number>({ label, values, value, nameOf, onPick }: SegmentedProps<T>) {
  const name = useId();
  return (
    <span className="segmented" role={label && 'group'} aria-label={label}>
      {values.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => onPick(one)} />
          <span>{nameOf(one)}</span>
        </label>
      ))}
    </span>
  );
}
