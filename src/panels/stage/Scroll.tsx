import type { CSSProperties, ReactNode, Ref, UIEvent } from 'react';
import zone from './zone.module.css';

interface ScrollProps {
  label: string;
  className: string | undefined;
  ref: Ref<HTMLDivElement>;
  style?: CSSProperties | undefined;
  /** There is nothing in it yet that the keyboard could go to: then it goes to the box. */
  bare?: boolean;
  onScroll?: (event: UIEvent<HTMLDivElement>) => void;
  children: ReactNode;
}

/** A box that scrolls by itself. The keyboard scrolls it by going to the values in it. */
export function Scroll({ label, className, ref, style, bare = false, onScroll, children }: ScrollProps) {
  return (
    <div
      ref={ref}
      className={`${className ?? ''} ${zone.scroll}`}
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it
      tabIndex={bare ? 0 : undefined}
      data-scrolls={bare || undefined}
      style={style}
      onScroll={onScroll}
    >
      {children}
    </div>
  );
}
