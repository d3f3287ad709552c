import type { CSSProperties, ReactNode, Ref, UIEvent } from 'react';
import zone from './zone.module.css';

interface ScrollProps {
  label: string;
  className: string | undefined;
  /** False where it is as tall as what it holds. */
  scrolls?: boolean;
  ref: Ref<HTMLDivElement>;
  style?: CSSProperties | undefined;
  onScroll?: (event: UIEvent<HTMLDivElement>) => void;
  children: ReactNode;
}

/** A box that scrolls by itself, and that the keyboard can reach to do so. */
export function Scroll({ label, className, scrolls = true, ref, style, onScroll, children }: ScrollProps) {
  return (
    <div
      ref={ref}
      className={`${className ?? ''} ${zone.scroll}`}
      role="group"
      aria-label={label}
      // The rule does not know that a box which scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={scrolls ? 0 : undefined}
      style={style}
      onScroll={onScroll}
    >
      {children}
    </div>
  );
}
