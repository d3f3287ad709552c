import type { CSSProperties, ReactNode, Ref, UIEvent } from 'react';
import zone from './zone.module.css';

interface ScrollProps {
  label: string;
  className: string | undefined;
  ref: Ref<HTMLDivElement>;
  style?: CSSProperties | undefined;
  onScroll?: (event: UIEvent<HTMLDivElement>) => void;
  children: ReactNode;
}

/** A box that scrolls by itself. The keyboard scrolls it by going to the values in it. */
export function Scroll({ label, className, ref, style, onScroll, children }: ScrollProps) {
  return (
    <div
      ref={ref}
      className={`${className ?? ''} ${zone.scroll}`}
      role="group"
      aria-label={label}
      style={style}
      onScroll={onScroll}
    >
      {children}
    </div>
  );
}
