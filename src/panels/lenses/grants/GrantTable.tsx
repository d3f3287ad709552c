import { useMemo } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { fill } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import { mirror } from '../../../store/connection.ts';
import type { Now } from '../../../store/stage/now.ts';
import { DOM0, DOMU } from '../../../store/stage/slots.ts';
import { grantFlagSubject, grantSubject, slotSubject } from '../../../store/subjects.ts';
import { Grid } from '../table/Grid.tsx';
import type { Column, GridRow } from '../table/Grid.tsx';
import css from './grants.module.css';
import { foldName, rowAt, rowOf } from './rows.ts';
import type { Block, Rows } from './rows.ts';
import { entryReader } from './segments.ts';
import type { Segment } from './segments.ts';
import { flagsSentence, LAMPS, pinText, purposeOf, segmentLabel } from './words.ts';

const t = tableWords.grants;

const column = (key: keyof typeof t.columns & keyof typeof t.hints, width: string): Column =>
  ({ key, head: t.columns[key], hint: t.hints[key], width });

const COLUMNS: readonly Column[] = [
  column('ref', '48px'),
  column('purpose', 'minmax(142px, 1fr)'),
  ...LAMPS.map(({ key, letter }): Column => ({ key, head: letter, name: t.lampNames[key], hint: t.hints[key], width: '24px' })),
  column('flags', '40px'),
  column('domid', '34px'),
  column('frame', '54px'),
  column('mfn', '54px'),
  column('pin', '76px'),
  column('handle', '48px'),
  column('bytes', '128px'),
];

/** Hexadecimal bytes of a little-endian number. */
function littleEndian(value: number, bytes: number): string {
  return Array.from({ length: bytes }, (_, i) => ((value >>> (i * 8)) & 0xff).toString(16).padStart(2, '0')).join('');
}

interface Props {
  now: Now;
  rows: Rows;
  /** Entries that the current step changed. */
  hot: readonly number[];
  handles: ReadonlyMap<number, number>;
  onFold: (name: string) => void;
}

/** The guest's grant table, entry by entry. */
export function GrantTable({ now, rows, hot, handles, onFold }: Props) {
  const read = useMemo(() => entryReader(now), [now]);
  const hotSet = useMemo(() => new Set(hot), [hot]);
  const shown = hot.map((ref) => rowOf(rows, ref)).find((index) => index >= 0) ?? -1;
  const rings = rows.blocks.find(({ segment }) => segment.use === 'ring')?.start;
  const row = (index: number): GridRow => {
    const found = rowAt(rows, index);
    if (found === undefined) throw new Error(`the table has no row ${index}`);
    const { block, ref } = found;
    if (ref === null) return foldRow(block, hot, onFold);
    return entryRow(now, block.segment, ref, read(ref), handles.get(ref), hotSet.has(ref));
  };
  return (
    <Grid name={t.tableName} columns={COLUMNS} minWidth={720} count={rows.count} row={row} hot={shown} home={rings} moment={now.step} />
  );
}

const NAMED = 3;

function foldRow({ segment, open }: Block, hot: readonly number[], onFold: (name: string) => void): GridRow {
  const { from, to, use } = segment;
  const within = hot.filter((ref) => ref >= from && ref <= to);
  const first = within.slice(0, NAMED).join(', ');
  const refs = within.length > NAMED ? fill(t.more, { refs: first, count: within.length - NAMED }) : first;
  const content = (
    <button type="button" className={css.fold} tabIndex={-1} aria-expanded={open} onClick={() => onFold(foldName(segment))}>
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d={open ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'} /></svg>
      <span className={css.range}>{from === to ? from : fill(t.fold, { from, to })}</span>
      <span>{segmentLabel(segment)}</span>
      <span className={css.size}>{from === to ? t.foldOne : fill(t.foldCount, { count: to - from + 1 })}</span>
      {within.length > 0 && <span>{fill(t.foldHot, { refs })}</span>}
    </button>
  );
  return { key: `fold ${from}`, hot: within.length > 0 && !open, cells: [{ content, hint: t.usesHint[use] }] };
}

type Fields = ReturnType<ReturnType<typeof entryReader>>;

function entryRow(
  now: Now, segment: Segment, ref: number, { flags, domid, frame }: Fields, handle: number | undefined, hot: boolean,
): GridRow {
  const active = now.get(`xen:active:${DOMU}:${ref}`);
  const label = (key: keyof typeof t.columns, value: string | number): string =>
    fill(t.value, { column: t.columns[key], ref, value });
  const used = flags !== 0 || domid !== 0 || frame !== 0;
  const bytes = `${littleEndian(flags, 2)} ${littleEndian(domid, 2)} ${littleEndian(frame, 4)}`;
  const text = used ? frame.toString(16) : tableWords.absent;
  return {
    key: ref,
    hot,
    quiet: !used,
    cells: [
      {
        content: <WhoWrote of={() => grantSubject(mirror, ref)} tabIndex={-1} label={label('ref', ref)}>{ref}</WhoWrote>,
        hint: t.hints.ref, className: css.ref,
      },
      { content: <span className={css.purpose}>{purposeOf(segment, ref)}</span>, hint: t.usesHint[segment.use] },
      ...LAMPS.map(({ key, mask, lit }) => ({
        content: (
          <WhoWrote of={() => grantFlagSubject(mirror, ref, t.lampNames[key], mask)} tabIndex={-1} className={css.lamp}
            label={fill(t.lamp, { name: t.lampNames[key], state: lit(flags) ? t.on : t.off })}>
            <span className={css.light} data-lamp={key} data-on={lit(flags) || undefined} />
          </WhoWrote>
        ),
        hint: t.hints[key],
      })),
      {
        content: (
          <WhoWrote of={() => grantSubject(mirror, ref, 'flags')} tabIndex={-1} label={label('flags', flags.toString(16).padStart(4, '0'))}>
            {flags.toString(16).padStart(4, '0')}
          </WhoWrote>
        ),
        hint: flagsSentence(flags),
      },
      {
        content: <WhoWrote of={() => grantSubject(mirror, ref, 'domid')} tabIndex={-1} label={label('domid', used ? domid : tableWords.absent)}>{used ? domid : tableWords.absent}</WhoWrote>,
        hint: t.hints.domid,
      },
      {
        content: <WhoWrote of={() => grantSubject(mirror, ref, 'frame')} tabIndex={-1} label={label('frame', text)}>{text}</WhoWrote>,
        hint: t.hints.frame,
      },
      {
        content: (
          <WhoWrote of={() => slotSubject(`mfn of grant entry ${ref}`, `xen:active:${DOMU}:${ref}`, 'mfn')} tabIndex={-1}
            label={label('mfn', active?.mfn.toString(16) ?? tableWords.absent)}>
            {active?.mfn.toString(16) ?? tableWords.absent}
          </WhoWrote>
        ),
        hint: t.hints.mfn,
      },
      {
        content: (
          <WhoWrote of={() => slotSubject(`pins of grant entry ${ref}`, `xen:active:${DOMU}:${ref}`, 'pin')} tabIndex={-1}
            label={label('pin', active === undefined ? tableWords.absent : pinText(active.pin))}>
            {active === undefined ? tableWords.absent : pinText(active.pin)}
          </WhoWrote>
        ),
        hint: t.hints.pin,
      },
      {
        content: handle === undefined ? tableWords.absent : (
          <WhoWrote of={() => slotSubject(`maptrack handle ${handle}`, `xen:handle:${DOM0}:${handle}`)} tabIndex={-1}
            label={label('handle', handle)}>
            {handle}
          </WhoWrote>
        ),
        hint: t.hints.handle,
      },
      {
        content: (
          <WhoWrote of={() => grantSubject(mirror, ref)} tabIndex={-1} label={label('bytes', bytes)}>
            {bytes}
          </WhoWrote>
        ),
        hint: t.hints.bytes,
      },
    ],
  };
}
