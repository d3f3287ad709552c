import { inquiryWords as t } from '../../content/inquiry.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { useStageView } from '../../store/stage-view.ts';
import { DOMU } from '../../store/stage/slots.ts';
import type { FrontQueue, MemoryMap } from '../../store/stage/slots.ts';
import type { Subject } from '../../store/subjects.ts';
import { actsOn } from './acts.ts';
import css from './inquiry.module.css';

/** What can be done to the very thing that is asked about, and why not now. Nothing where there is nothing. */
export function Acts({ subject: { cell } }: { subject: Subject }) {
  const view = useStageView();
  const table = (mirror.slot(`xen:memory:${DOMU}`) as unknown as MemoryMap | undefined)?.grant_table ?? null;
  const txPort = (mirror.slot('netfront:queue:0') as unknown as FrontQueue | null | undefined)?.tx_port ?? null;
  const { acts, others } = actsOn(cell, { ...view, table, txPort });
  if (others) return <p className={css.quiet}>{t.otherPages}</p>;
  if (acts.length === 0) return null;
  return (
    <ul className={css.acts} aria-label={t.break}>
      {acts.map(({ id, title, refusal }) => (
        <li key={id}>
          <button
            type="button"
            className="button"
            aria-disabled={refusal !== null}
            onClick={refusal === null ? () => commands.act(id) : undefined}
          >
            {title}
          </button>
          {refusal !== null && <span className={css.quiet}> {refusal}</span>}
        </li>
      ))}
    </ul>
  );
}
