import { useMemo, useState } from 'react';
import { tableWords } from '../../content/tables.ts';
import { fill } from '../../content/words.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { Now } from '../../store/stage/now.ts';
import { DOM0, DOMU } from '../../store/stage/slots.ts';
import { useStageView } from '../../store/stage-view.ts';
import { slotSubject } from '../../store/subjects.ts';
import { useNow } from '../../store/use-now.ts';
import { GrantTable } from './grants/GrantTable.tsx';
import css from './grants/grants.module.css';
import { Maptrack } from './grants/Maptrack.tsx';
import { handlesByRef, hotRefs, KINDS, purposeAt, rowsOf, totals } from './grants/rows.ts';
import type { Filter } from './grants/rows.ts';
import { segmentsOf } from './grants/segments.ts';
import type { Segment } from './grants/segments.ts';
import { LensFrame } from './table/LensFrame.tsx';
import table from './table/table.module.css';
import { Search, Select } from './table/tools.tsx';

const t = tableWords.grants;

const VIEWS = ['table', 'maptrack'] as const;
const KIND_OPTIONS = KINDS.map((value) => ({ value, label: t.kinds[value] }));
const COUNTED = ['ring', 'mapped', 'rx-buffer', 'tx-data', 'tx-pool', 'rx-pool', 'deferred'] as const;

/** How full the table is, and of what. */
function Numbers({ now, segments, mapped }: { now: Now; segments: readonly Segment[]; mapped: number }) {
  const { frames, maxFrames } = now.get(`xen:gt:${DOMU}`) ?? { frames: 0, maxFrames: 0 };
  const free = now.get('gnttab:domU')?.free_count;
  const counts = useMemo(() => totals(segments), [segments]);
  return (
    <ul className={css.numbers}>
      <li data-hint={t.framesHint}>
        <WhoWrote of={() => slotSubject('frames of domain 5’s grant table', `xen:gt:${DOMU}`, 'frames')}>
          {fill(t.frames, { frames, most: maxFrames })}
        </WhoWrote>
      </li>
      {free !== undefined && now.get(`xen:dying:${DOMU}`) === undefined && (
        <li data-hint={t.freeRefsHint}>
          <WhoWrote of={() => slotSubject('count of free references', 'gnttab:domU', 'free_count')}>
            {fill(t.freeRefs, { count: free })}
          </WhoWrote>
        </li>
      )}
      {COUNTED.map((name) => {
        const count = name === 'mapped' ? mapped : counts.get(name) ?? 0;
        return count === 0 ? null : <li key={name}>{fill(t.count, { name: t.counts[name], count })}</li>;
      })}
    </ul>
  );
}

function MaptrackNumbers({ now, used }: { now: Now; used: number }) {
  const { limit, free } = now.get(`xen:maptrack:${DOM0}`) ?? { limit: 0, free: [] };
  const most = now.get(`xen:domain:${DOM0}`)?.maxMaptrackFrames;
  const [first, count] = free[0] ?? [];
  return (
    <ul className={css.numbers}>
      <li data-hint={fill(t.maptrackHint, { limit, most })}>
        <WhoWrote of={() => slotSubject('handles of dom0’s maptrack', `xen:maptrack:${DOM0}`)}>
          {fill(t.maptrackNumbers, { used, free: limit - used })}
        </WhoWrote>
      </li>
      {first !== undefined && count !== undefined && count > 1 && <li>{fill(t.freeHandles, { handles: first })}</li>}
    </ul>
  );
}

/** domain 5's grant table entry by entry, and what dom0 has mapped through it. */
export function GrantsLens() {
  const now = useNow();
  const { rings, past } = useStageView();
  const [view, setView] = useState<(typeof VIEWS)[number]>('table');
  const [filter, setFilter] = useState<Filter>({ text: '', kind: 'all' });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const segments = useMemo(() => segmentsOf(now, rings), [now, rings]);
  const handles = useMemo(() => handlesByRef(now), [now]);
  const rows = useMemo(() => rowsOf(now, segments, filter, handles, open), [now, segments, filter, handles, open]);
  const hot = useMemo(() => hotRefs(now, segments), [now, segments]);
  const dying = now.get(`xen:dying:${DOMU}`);
  const onFold = (name: string): void => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  };
  const found = filter.text.trim() === '' && filter.kind === 'all' ? '' : fill(t.found, { count: rows.found });
  const tools = (
    <>
      <Segmented label={t.view} values={VIEWS} value={view} nameOf={(one) => t[one]} onPick={setView} />
      {view === 'table' && (
        <>
          <Select name={t.kind} options={KIND_OPTIONS} value={filter.kind} onChange={(kind) => setFilter({ ...filter, kind })} />
          <Search name={t.search} placeholder={t.placeholder} value={filter.text} found={found}
            onChange={(text) => setFilter({ ...filter, text })} />
        </>
      )}
    </>
  );
  const facts = view === 'table'
    ? <Numbers now={now} segments={segments} mapped={handles.size} />
    : <MaptrackNumbers now={now} used={handles.size} />;
  const about = view === 'maptrack' ? t.maptrackAbout : dying === undefined ? t.about : t.dead;
  return (
    <LensFrame tools={tools} facts={facts} about={about}>
      {view === 'maptrack' && (handles.size === 0
        ? <p className={table.empty}>{past.mapped ? t.maptrackGone : t.maptrackEmpty}</p>
        : <Maptrack now={now} handles={handles} purpose={(ref) => purposeAt(segments, ref)} />)}
      {view === 'table' && (rows.count === 0
        ? <p className={table.empty}>{dying === 'gone' ? t.gone : filter.text.trim() === '' ? t.nothingOfKind : t.nothing}</p>
        : <GrantTable now={now} rows={rows} hot={hot} handles={handles} onFold={onFold} />)}
    </LensFrame>
  );
}
