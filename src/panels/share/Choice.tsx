import type { ReactNode } from 'react';
import { Segmented } from '../../parts/Segmented.tsx';
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
  return (
    <fieldset className={css.group}>
      <legend>{label}</legend>
      <Segmented values={values} value={value} nameOf={nameOf} onPick={onPick} />
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
