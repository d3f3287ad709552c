import { useMemo, useState } from 'react';
import { tableWords } from '../../content/tables.ts';
import { fill } from '../../content/words.ts';
import { whyNone } from '../../store/stage/words.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { mirror } from '../../store/connection.ts';
import { DOM0, DOMU } from '../../store/stage/slots.ts';
import { useStageView } from '../../store/stage-view.ts';
import { portBitSubject, slotSubject } from '../../store/subjects.ts';
import { useNow } from '../../store/use-now.ts';
import { channelsOf, othersOf } from './events/channels.ts';
import type { Channel, Dom, End, Others } from './events/channels.ts';
import css from './events/events.module.css';
import { Grid } from './table/Grid.tsx';
import type { Column, GridRow } from './table/Grid.tsx';
import { LensFrame } from './table/LensFrame.tsx';

const t = tableWords.events;

type Cell = GridRow['cells'][number];

function endColumns(dom: 'domU' | 'dom0'): Column[] {
  const column = (key: keyof typeof t.columns, width: string): Column =>
    ({ key: `${dom} ${key}`, head: t.columns[key], name: t.names[dom] + t.columns[key], hint: t.hints[key], width });
  return [
    { ...column('port', '44px'), head: t.side[dom] },
    column('state', '84px'),
    column('pending', '24px'),
    column('masked', '24px'),
    column('handler', 'minmax(96px, 136px)'),
  ];
}

const COLUMNS: readonly Column[] = [
  { key: 'purpose', head: t.columns.purpose, hint: t.hints.purpose, width: 'minmax(72px, 1fr)' },
  ...endColumns('domU'),
  { key: 'link', head: t.names.link, hint: t.hints.link, width: 'minmax(136px, 2fr)' },
  ...endColumns('dom0'),
];

const NONE: readonly Cell[] = Array.from({ length: 5 }, () => ({ content: '' }));

function endCells(end: End | null): readonly Cell[] {
  if (end === null) return NONE;
  const { dom, port, state, remoteDom, handler } = end;
  const slot = `xen:port:${dom}:${port}`;
  const label = (what: string, value: string | number): string => fill(t.value, { what, domain: dom, port, value });
  const lamp = (bit: 'pending' | 'masked'): Cell => ({
    content: (
      <WhoWrote of={() => portBitSubject(mirror, dom, port, bit)} tabIndex={-1} className={css.lamp}
        label={label(bit, end[bit].on ? t.on : t.off)}>
        <span className={end[bit].hot ? css.changed : undefined} data-changed={end[bit].hot || undefined}>
          <span className={css.light} data-kind={bit} data-on={end[bit].on || undefined} />
        </span>
      </WhoWrote>
    ),
    hint: t.hints[bit],
  });
  const irqs = dom === DOMU ? 'irqs:domU' : 'irqs:dom0';
  return [
    {
      content: (
        <WhoWrote of={() => slotSubject(`domain ${dom} port ${port}`, slot)} tabIndex={-1} label={label(t.columns.port, port)}>
          {port}
        </WhoWrote>
      ),
      hint: t.hints.port, className: dom === DOMU ? css.domU : css.dom0,
    },
    {
      content: (
        <WhoWrote of={() => slotSubject(`state of domain ${dom} port ${port}`, slot, 'state')} tabIndex={-1}
          label={label(t.columns.state, state)}>
          {t.states[state]}
        </WhoWrote>
      ),
      hint: state === 'unbound' ? fill(t.waits, { domain: remoteDom ?? '' }) : t.hints.state,
    },
    lamp('pending'),
    lamp('masked'),
    {
      content: (
        <WhoWrote of={() => slotSubject(`handlers that domain ${dom} has bound`, irqs)} tabIndex={-1}
          label={label(t.columns.handler, handler ?? t.noHandler)}>
          {handler ?? tableWords.absent}
        </WhoWrote>
      ),
      hint: handler === null ? t.noHandler : `${handler}. ${t.hints.handler}`,
    },
  ];
}

/** The line between the ends, and which way the step's notification goes. */
function Link({ channel: { front, back, sent } }: { channel: Channel }) {
  const bound = front?.state === 'interdomain' && back?.state === 'interdomain';
  const end = front ?? back;
  const text = sent !== null ? t[sent.outcome]
    : bound ? t.bound
    : end?.state === 'unbound' ? fill(t.waits, { domain: end.remoteDom ?? '' }) : t.noPeer;
  const right = sent?.from === DOMU;
  return (
    <span className={css.link} data-bound={bound || undefined}>
      {sent !== null && !right && <Arrow path="M11 5H1M5 1L1 5l4 4" />}
      {text}
      {sent !== null && right && <Arrow path="M1 5h10M7 1l4 4-4 4" />}
    </span>
  );
}

function Arrow({ path }: { path: string }) {
  return <svg className={css.arrow} viewBox="0 0 12 10" width="12" height="10" role="img" aria-label={t.notify}><path d={path} /></svg>;
}

function channelRow(channel: Channel): GridRow {
  const { key, purpose, front, back, sent, hot } = channel;
  const hint = sent === null ? t.hints.link : fill(t.sendHint, { from: sent.from, port: sent.port, outcome: t[sent.outcome] });
  return {
    key,
    hot,
    quiet: (front ?? back)?.state === 'free',
    cells: [
      { content: <span className={css.purpose}>{purpose === '' ? tableWords.absent : purpose}</span>, hint: t.hints.purpose },
      ...endCells(front),
      { content: <Link channel={channel} />, hint },
      ...endCells(back),
    ],
  };
}

/** What is beside the matter: ports of others, folded, and where the free ones begin. */
function otherRows({ dom, reserved, next, most }: Others, open: boolean, onFold: () => void): GridRow[] {
  return [
    ...reserved.flatMap(([from, to]): GridRow[] => [
      {
        key: `reserved ${dom} ${from}`,
        hot: false,
        cells: [{
          content: (
            <button type="button" className={css.fold} tabIndex={-1} aria-expanded={open} onClick={onFold}>
              <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d={open ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'} /></svg>
              {fill(t.reservedFold, { domain: dom, from, to })}
            </button>
          ),
          hint: t.reservedHint,
        }],
      },
      ...(open ? Array.from({ length: to - from + 1 }, (_, i): GridRow => ({
        key: `reserved ${dom} one ${from + i}`,
        hot: false,
        quiet: true,
        cells: [{ content: fill(t.reservedOne, { domain: dom, port: from + i }), hint: t.reservedHint }],
      })) : []),
    ]),
    { key: `free ${dom}`, hot: false, cells: [{ content: fill(t.freeFrom, { domain: dom, next, most }), hint: t.freeHint }] },
  ];
}

/** Event channels of both domains, end by end. */
export function EventsLens() {
  const now = useNow();
  const view = useStageView();
  const told = view.past.ports || view.frontend.error !== null;
  const [open, setOpen] = useState<Readonly<Record<Dom, boolean>>>({ [DOM0]: false, [DOMU]: false });
  const channels = useMemo(() => channelsOf(now), [now]);
  const others = useMemo(() => [othersOf(now, DOMU), othersOf(now, DOM0)], [now]);
  const nothing: GridRow = { key: 'nothing', hot: false, cells: [{ content: told ? whyNone('ports', view) : t.empty }] };
  const rows = [
    ...(channels.length === 0 ? [nothing] : channels.map(channelRow)),
    ...others.flatMap((one) => otherRows(one, open[one.dom], () => setOpen({ ...open, [one.dom]: !open[one.dom] }))),
  ];
  return (
    <LensFrame tools={null} about={`${t.about} ${t.selector}`}>
      <Grid name={t.name} columns={COLUMNS} minWidth={756} count={rows.length} row={(index) => rows[index]!}
        hot={channels.findIndex(({ hot }) => hot)} moment={now.step} />
    </LensFrame>
  );
}
