import type { MouseEvent, ReactNode } from 'react';
import { fill, words } from '../content/words.ts';
import { commands } from '../store/commands.ts';
import type { Subject } from '../store/subjects.ts';
import css from './who-wrote.module.css';

interface Props {
  /** What is asked about; made only when somebody asks, because a page has hundreds of them. */
  of: () => Subject;
  children: ReactNode;
  /** Extra classes, for where it stands. */
  className?: string | undefined;
  /** -1 where the keyboard comes to it by the arrows of what it is part of. */
  tabIndex?: 0 | -1;
  /** For screen readers, instead of what it shows. */
  label?: string | undefined;
}

/** A value of the state: pressed, it tells who wrote it. Looks like text until somebody points at it. */
export function WhoWrote({ of, children, className, tabIndex = 0, label }: Props) {
  const onClick = (event: MouseEvent<HTMLButtonElement>): void => {
    event.stopPropagation();
    commands.inquire(of(), event.currentTarget);
  };
  return (
    <button
      type="button"
      className={className === undefined ? css.value : `${css.value} ${className}`}
      tabIndex={tabIndex}
      aria-label={label === undefined ? undefined : fill(words.inquiry.ask, { what: label })}
      aria-haspopup="dialog"
      onClick={onClick}
    >
      {children}
    </button>
  );
}
