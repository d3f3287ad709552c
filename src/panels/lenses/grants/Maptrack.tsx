import { tableWords } from '../../../content/tables.ts';
import { fill } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import type { Now } from '../../../store/stage/now.ts';
import { DOM0, DOMU } from '../../../store/stage/slots.ts';
import type { Mapping } from '../../../store/stage/slots.ts';
import { slotSubject } from '../../../store/subjects.ts';
import { Grid } from '../table/Grid.tsx';
import type { Column, GridRow } from '../table/Grid.tsx';
import css from './grants.module.css';
import { mapFlags } from './words.ts';

const t = tableWords.grants;

const column = (key: keyof typeof t.columns & keyof typeof t.hints, width: string): Column =>
  ({ key, head: t.columns[key], hint: t.hints[key], width });

const COLUMNS: readonly Column[] = [
  column('handle', '64px'),
  column('purpose', 'minmax(168px, 1fr)'),
  column('dom', '64px'),
  column('ref', '64px'),
  column('mfn', '64px'),
  column('address', '136px'),
  column('mapFlags', '168px'),
  column('vcpu', '52px'),
];

interface Props {
  now: Now;
  /** dom0's handles by the reference that they stand for. */
  handles: ReadonlyMap<number, number>;
  /** What a reference is for. */
  purpose: (ref: number) => string;
}

/** What dom0 has mapped, handle by handle, as Xen tracks it. */
export function Maptrack({ now, handles, purpose }: Props) {
  const used = [...handles.values()].sort((a, b) => a - b);
  const isHot = (handle: number): boolean => now.slotChange(`xen:handle:${DOM0}:${handle}`) !== undefined;
  const row = (index: number): GridRow => {
    const handle = used[index]!;
    return mappingRow(now, handle, now.get(`xen:handle:${DOM0}:${handle}`)!, purpose, isHot(handle));
  };
  return (
    <Grid name={t.maptrackName} columns={COLUMNS} minWidth={780} count={used.length} row={row}
      hot={used.findIndex(isHot)} moment={now.step} />
  );
}

function mappingRow(
  now: Now, handle: number, { ref, dom, flags, host_addr, vcpu }: Mapping, purpose: (ref: number) => string, hot: boolean,
): GridRow {
  const ask = (key: keyof typeof t.columns, value: string | number, part: string): GridRow['cells'][number] => ({
    content: (
      <WhoWrote
        of={() => slotSubject(`${part} of maptrack handle ${handle}`, `xen:handle:${DOM0}:${handle}`, part)}
        tabIndex={-1}
        label={fill(t.handleValue, { column: t.columns[key], handle, value })}
      >
        {value}
      </WhoWrote>
    ),
    hint: t.hints[key as keyof typeof t.hints],
  });
  return {
    key: handle,
    hot,
    cells: [
      {
        content: (
          <WhoWrote of={() => slotSubject(`maptrack handle ${handle}`, `xen:handle:${DOM0}:${handle}`)} tabIndex={-1}>
            {handle}
          </WhoWrote>
        ),
        hint: t.hints.handle,
      },
      { content: <span className={css.purpose}>{purpose(ref)}</span>, hint: t.hints.purpose },
      ask('dom', dom, 'dom'),
      ask('ref', ref, 'ref'),
      { content: now.get(`xen:active:${DOMU}:${ref}`)?.mfn.toString(16) ?? tableWords.absent, hint: t.hints.mfn },
      ask('address', `0x${host_addr.toString(16)}`, 'host_addr'),
      ask('mapFlags', mapFlags(flags), 'flags'),
      ask('vcpu', vcpu, 'vcpu'),
    ],
  };
}
