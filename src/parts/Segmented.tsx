import { useId } from 'react';

interface SegmentedProps<T extends string | number> {
  values: readonly T[];
  /** Null while none is chosen. */
  value: T | null;
  nameOf: (value: T) => string;
  onPick: (value: T) => void;
}

/** A row of exclusive choices, side by side; what they are about is said by the fieldset around them. */
export function Segmented<T extends string | number>({ values, value, nameOf, onPick }: SegmentedProps<T>) {
  const name = useId();
  return (
    <span className="segmented">
      {values.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => onPick(one)} />
          <span>{nameOf(one)}</span>
        </label>
      ))}
    </span>
  );
}
