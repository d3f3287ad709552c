import type { ReactNode } from 'react';
import { useId } from 'react';
import type { PartyId } from '../../store/view.ts';
import { Acts } from './Acts.tsx';
import css from './zone.module.css';

interface ZoneProps {
  party: PartyId;
  title: string;
  /** What it is, beside the title. */
  aside: string;
  children: ReactNode;
}

/** The frame of one zone, in its party's colour. */
export function Zone({ party, title, aside, children }: ZoneProps) {
  const id = useId();
  return (
    <section className={css.zone} data-party={party} aria-labelledby={id}>
      <header className={css.head}>
        <h3 className={css.title} id={id}>{title}</h3>
        <span className={css.aside}>{aside}</span>
        <Acts party={party} where={title} />
      </header>
      {children}
    </section>
  );
}
