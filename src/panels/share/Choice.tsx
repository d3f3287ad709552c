import { useId } from 'react';
import type { ReactNode } from 'react';
import css from './share.module.css';

interface ChoiceProps<T extends string> {
  label: string;
  values: readonly T[];
  value: T;
  nameOf: (value: T) => string;
  onPick: (value: T) => void;
}

/** One of a few, side by side. */
export function Choice<T extends string>({ label, values, value, nameOf, onPick }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={css.group}>
      <legend>{label}</legend>
      <span className="segmented">
        {values.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === value} onChange={() => onPick(one)} />
            <span>{nameOf(one)}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** A setting and what it means. */
export function Setting({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <div className={css.setting}>
      {children}
      <p className={css.hint}>{hint}</p>
    </div>
  );
}
