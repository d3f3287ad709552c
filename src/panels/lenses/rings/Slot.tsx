import { Fragment } from 'react';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import { mirror } from '../../../store/connection.ts';
import { useSettled } from '../../../store/settled.ts';
import { bytesSubject } from '../../../store/subjects.ts';
import type { RingView } from '../../../store/view.ts';
import { liveReading } from './model.ts';
import { standingOf } from '../../../store/stage/ring-slots.ts';
import type { SlotRun } from '../../../store/stage/ring-slots.ts';
import css from './rings.module.css';
import { bytesOf, partsOf, readingsOf } from './reading.ts';
import type { FieldView, Reading, SlotPart } from './reading.ts';

interface Props {
  ring: RingView;
  slots: number;
  runs: readonly SlotRun[] | null;
  slot: number;
  /** Its bytes that this step changed. */
  changed: ReadonlySet<number> | undefined;
}

/** The chosen slot: what it is, its bytes, and both readings of them. */
export function Slot({ ring, slots, runs, slot, changed }: Props) {
  // The bytes lie outside of the store, which says when to read them again.
  useSettled((state) => state.frame);
  const standing = standingOf(runs, slot, slots);
  const live = liveReading(standing?.state ?? null);
  const parts = partsOf(ring, slots, slot);
  const bytes = bytesOf(parts, ring.slotSize, (mfn) => mirror.pages.get(mfn)?.bytes);
  const names = { slot, queue: ring.queue, ring: t[ring.direction] };
  const isHot = (at: number, length: number): boolean => {
    for (let i = at; i < at + length; i++) if (changed?.has(i)) return true;
    return false;
  };
  return (
    <section className={css.slot} aria-label={fill(t.slotTitle, { slot })}>
      <h3 className={css.heading}>
        {fill(t.slotTitle, { slot })}
        {standing !== null && <span className={css.standing}>{standingWords(standing, slots)}</span>}
      </h3>
      <div className={css.readings}>
        {readingsOf(ring.direction, parts, bytes).map((reading) => (
          <ReadingTable
            key={reading.kind}
            reading={reading}
            live={live}
            isHot={isHot}
            nameOf={(field) => fill(t.fieldOf, { ...names, field, kind: t[reading.kind === 'req' ? 'request' : 'response'] })}
          />
        ))}
      </div>
      <div>
        <p className={css.verdict}>{standing === null ? t.verdictNone : t.verdict[standing.state]}</p>
        <dl className={css.raw}>
          {parts.map((part) => (
            <div key={part.page}>
              <dt>{fill(t.part, { page: part.page, offset: part.offset, frame: `0x${part.mfn.toString(16)}` })}</dt>
              <dd>
                <WhoWrote
                  of={() => bytesSubject(fill(t.bytesOf, names), part.mfn, part.offset, part.length)}
                  label={`${hex(bytes.subarray(part.at, part.at + part.length))}, ${fill(t.bytesOf, names)}`}
                >
                  <Bytes part={part} bytes={bytes} isHot={isHot} />
                </WhoWrote>
              </dd>
            </div>
          ))}
        </dl>
        {parts.length > 1 && (
          <p className={css.note}>
            {fill(t.seam, { before: parts[0]!.length, page: parts[0]!.page, after: parts[1]!.length })}
          </p>
        )}
      </div>
    </section>
  );
}

function standingWords({ state, index }: { state: keyof typeof t.state; index: number }, slots: number): string {
  const lap = Math.floor(index / slots);
  return `${fill(state === 'free' ? t.nextIndex : t.index, { index, lap })} · ${t.state[state]}`;
}

interface HotProps {
  isHot: (at: number, length: number) => boolean;
}

/** Bytes in memory order, four by four. */
function Bytes({ part, bytes, isHot }: { part: SlotPart; bytes: Uint8Array } & HotProps) {
  const words = Array.from({ length: part.length / 4 }, (_, i) => part.at + 4 * i);
  return words.map((at) => (
    <Fragment key={at}>
      {at > part.at && ' '}
      <span className={css.word} data-hot={isHot(at, 4) || undefined}>{hex(bytes.subarray(at, at + 4))}</span>
    </Fragment>
  ));
}

/** Bytes in memory order, as people write them. */
function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

interface ReadingProps extends HotProps {
  reading: Reading;
  /** The reading that the indexes mean. */
  live: Reading['kind'] | null;
  nameOf: (field: string) => string;
}

function ReadingTable({ reading: { kind, struct, fields }, live, isHot, nameOf }: ReadingProps) {
  return (
    <table className={css.reading} data-live={kind === live}>
      <caption>
        <b>{t[kind]}</b> <span className={css.badge}>{kind === live ? t.live : t.other}</span>{' '}
        <code>{struct.replace(/^struct /, '')}</code>
      </caption>
      <thead className="visually-hidden">
        <tr><th scope="col">{t.field}</th><th scope="col">{t.type}</th><th scope="col">{t.value}</th></tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} data-hot={isHot(field.at, field.length) || undefined}>
            <th scope="row">
              {field.name}
              {isHot(field.at, field.length) && <span className="visually-hidden"> {t.changed}</span>}
            </th>
            <td className={css.where}>{fill(t.at, { at: field.at })} {field.type}</td>
            <td>
              <WhoWrote
                of={() => bytesSubject(nameOf(field.name), field.mfn, field.offset, field.length)}
                label={`${nameOf(field.name)}, ${field.value}`}
              >
                {field.value}
              </WhoWrote>{' '}
              <span className={css.names}>{meaning(field, kind)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a value is called, where the interface has a name for it. */
function meaning({ name, names, value }: FieldView, kind: Reading['kind']): string {
  if (names.length > 0) return names.join(', ');
  if (name === 'flags') return t.noFlags;
  if (name === 'size' || (name === 'status' && kind === 'rsp' && value > 0)) return t.byteCount;
  return '';
}
