import type { MouseEvent, ReactNode } from 'react';
import { useId } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill, words } from '../../content/words.ts';
import type { ZoneName } from '../../geometry/stage-zones.ts';
import { useRoving } from '../../parts/roving.ts';
import type { PartyId } from '../../store/view.ts';
import { Acts } from './Acts.tsx';
import { MapButton } from './MapButton.tsx';
import { useStage, useStageStore } from './store.ts';
import css from './zone.module.css';

interface ZoneProps {
  zone: ZoneName;
  party: PartyId;
  title: string;
  /** What it is, beside the title. */
  aside: ReactNode;
  children: ReactNode;
}

/** Looks at the zone alone, and back at the whole map. */
function ZoomToZone({ zone, title }: { zone: ZoneName; title: string }) {
  const store = useStageStore();
  const stacked = useStage((state) => state.stacked);
  const near = useStage((state) => state.near === zone);
  if (stacked) return null;
  return (
    <MapButton
      icon={near ? 'fit' : 'zone'}
      name={near ? words.map.fit : fill(w.zones.zoom, { where: title })}
      zone={zone}
      onClick={() => store.set({ near: near ? null : zone })}
    />
  );
}

/** The frame of one zone, in its party's colour. All values in it are one tab stop. */
export function Zone({ zone, party, title, aside, children }: ZoneProps) {
  const id = useId();
  const store = useStageStore();
  const roving = useRoving();
  const toZone = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest('button') !== null) return;
    if (!store.get().stacked) store.set({ near: store.get().near === zone ? null : zone });
  };
  return (
    <section className={css.zone} data-party={party} aria-labelledby={id}>
      <div
        className={css.values}
        role="group"
        aria-label={fill(w.values, { where: title })}
        aria-describedby={`${id}-how`}
        {...roving}
      >
        <span hidden id={`${id}-how`}>{w.valuesHow}</span>
        {/* The button in it does the same for the keyboard. */}
        <header className={css.head} onDoubleClick={toZone}>
          <h3 className={css.title} id={id}>{title}</h3>
          <span className={css.aside}>{aside}</span>
          <ZoomToZone zone={zone} title={title} />
          <Acts party={party} where={title} />
        </header>
        {children}
      </div>
    </section>
  );
}
