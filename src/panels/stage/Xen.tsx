import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { DOMU } from '../../store/stage/slots.ts';
import { slotSubject } from '../../store/subjects.ts';
import { GrantTable } from './GrantTable.tsx';
import { MoreOf } from './MoreOf.tsx';
import { Ports } from './Ports.tsx';
import { whyNone } from '../../store/stage/words.ts';
import { useStage } from './store.ts';
import { Zone } from './Zone.tsx';
import css from './xen.module.css';

/** The hypervisor: the grant table it reads, its maptrack and the event channels. */
export function Xen() {
  const frames = useStage((state) => state.view.grants.frames);
  const maxFrames = useStage((state) => state.view.grants.maxFrames);
  const ports = useStage((state) => state.view.ports);
  const none = useStage(({ view }) => whyNone('ports', view));
  const aside = (
    <WhoWrote of={() => slotSubject(w.zones.grantFrames, `xen:gt:${DOMU}`, 'frames')} tabIndex={-1}>
      {fill(w.zones.grants, { frames, maxFrames })}
    </WhoWrote>
  );
  return (
    <Zone zone="xen" party="xen" title={w.zones.xen} aside={aside}>
      <GrantTable />
      <p className={css.legend}>
        <span><span className={css.lamp} data-lamp="permit" data-on />{w.grants.byDomU}</span>
        <span><span className={css.lamp} data-lamp="writing" data-on />{w.grants.byXen}</span>
        <span className={css.furtherNarrow}><MoreOf list="entries" /></span>
      </p>
      <Ports ports={ports} none={none} />
    </Zone>
  );
}
