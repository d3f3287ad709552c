import { useMemo, useState } from 'react';
import { Segmented } from '../../parts/Segmented.tsx';
import { ringWords as t } from '../../content/rings.ts';
import { fill } from '../../content/words.ts';
import { ringChoice, useRingChoice } from '../../store/ring-choice.ts';
import { useSettled } from '../../store/settled.ts';
import { appStore } from '../../store/store.ts';
import type { RingView, StageView } from '../../store/view.ts';
import { ByteLine } from './rings/ByteLine.tsx';
import { Circle } from './rings/Circle.tsx';
import { Indexes } from './rings/Indexes.tsx';
import { changedBytes, readSlot } from './rings/model.ts';
import { NextStraddle } from './rings/NextStraddle.tsx';
import { runsOf, slotsOf, touchedRing } from '../../store/stage/ring-slots.ts';
import { whyNone } from '../../store/stage/words.ts';
import css from './rings/rings.module.css';
import { Signs } from './rings/Signs.tsx';
import { Slot } from './rings/Slot.tsx';
import { SlotField } from './rings/SlotField.tsx';
import { States } from './rings/States.tsx';

type Named = Pick<RingView, 'queue' | 'direction'>;

function pickRing({ queue, direction }: Named): void {
  ringChoice.setState({ ring: { queue, direction } });
}

// In another scenario it may be no slot at all, which nobody there has typed.
appStore.subscribe((now, before) => {
  if (now.run.scenario !== before.run.scenario) ringChoice.setState({ slot: '' });
});

function pickSlot(slot: number): void {
  ringChoice.setState({ slot: String(slot) });
}

/** Which ring to show: one that somebody chose, or the one that the step touches. */
function Controls({ rings, ring }: { rings: readonly RingView[]; ring: RingView }) {
  const follows = useRingChoice((choice) => choice.ring === null);
  const queues = [...new Set(rings.map(({ queue }) => queue))];
  const { queue, direction } = ring;
  const directions = rings.filter((one) => one.queue === queue).map((one) => one.direction);
  const pickQueue = (to: number): void => {
    const its = rings.filter((one) => one.queue === to);
    pickRing(its.find((one) => one.direction === direction) ?? its[0]!);
  };
  return (
    <>
      <Segmented
        label={t.ring}
        values={directions}
        value={direction}
        nameOf={(one) => t[one]}
        onPick={(to) => pickRing({ queue, direction: to })}
      />
      {queues.length > 1 && (
        <Segmented label={t.queue} values={queues} value={queue} nameOf={(one) => `q${one}`} onPick={pickQueue} />
      )}
      <button
        type="button"
        className="button"
        aria-pressed={follows}
        title={t.followHow}
        onClick={() => ringChoice.setState({ ring: follows ? { queue, direction } : null })}
      >
        {t.follow}
      </button>
    </>
  );
}

/** The page with the header is the guest kernel's again. */
function isFreed(ring: RingView): boolean {
  return ring.pages[0]?.freed === true;
}

/** What there is to say of the ring as a whole. */
function summaryOf(ring: RingView, slots: number, unmarked: { changed: number; listed: number } | null): string {
  const pages = ring.pages.length;
  const parts = [fill(pages === 1 ? t.one : t.many, { slots, pages })];
  if (ring.header === null) parts.push(isFreed(ring) ? t.freed : t.bare);
  if (ring.front === null && ring.back !== null) parts.push(t.behind);
  if (unmarked !== null) parts.push(fill(t.truncated, unmarked));
  return parts.join(', ');
}

function Ring({ rings, ring }: { rings: readonly RingView[]; ring: RingView }) {
  const step = useSettled((state) => state.step);
  const typed = useRingChoice((choice) => choice.slot);
  const slots = slotsOf(ring);
  const chosen = readSlot(typed, slots);
  const slot = chosen !== null && 'slot' in chosen ? chosen.slot : null;
  const runs = useMemo(() => runsOf(ring), [ring]);
  const changed = useMemo(() => changedBytes(ring, step), [ring, step]);
  const cut = step !== null && changed.size > 0 && step.changed > step.changes.length;
  const unmarked = cut ? { changed: step.changed, listed: step.changes.length } : null;
  return (
    <section className={css.lens} aria-label={fill(t.title, { ring: t[ring.direction], queue: ring.queue })}>
      <div className={css.layout}>
        <Circle ring={ring} slots={slots} runs={runs} changed={changed} slot={slot} onPick={pickSlot} />
        {ring.header !== null && <Signs />}
        <div className={css.rest}>
          <div className={css.controls}>
            <Controls rings={rings} ring={ring} />
            <SlotField slots={slots} typed={typed} chosen={chosen} />
            <NextStraddle ring={ring} slot={slot} onPick={pickSlot} />
            <span className={css.summary}>{summaryOf(ring, slots, unmarked)}</span>
          </div>
          {slot !== null && (
            <Slot ring={ring} slots={slots} runs={runs} slot={slot} changed={changed.get(slot)} />
          )}
          <div className={css.facts}>
            <States runs={runs} bare={ring.header !== null ? null : isFreed(ring) ? t.freedHow : t.bareHow} />
            <Indexes ring={ring} slots={slots} />
          </div>
          <ByteLine ring={ring} slots={slots} runs={runs} changed={changed} slot={slot} onPick={pickSlot} />
          {slot === null && <p className={css.pick}>{t.pick}</p>}
        </div>
      </div>
    </section>
  );
}

function noRings(view: StageView): string {
  if (view.past.rings) return t.gone;
  return view.frontend.error === null ? t.empty : whyNone('front', view);
}

/** One ring, as a circle of slots, as its indexes, as bytes, and slot by slot. */
export function RingsLens() {
  const rings = useSettled((state) => state.stage.rings);
  const none = useSettled(({ stage }) => noRings(stage));
  const step = useSettled((state) => state.step);
  const picked = useRingChoice((choice) => choice.ring);
  const [followed, setFollowed] = useState<Named | null>(null);
  const touched = useMemo(() => touchedRing(rings, step), [rings, step]);
  if (touched !== null && !isSame(touched, followed)) {
    setFollowed({ queue: touched.queue, direction: touched.direction });
  }
  const wanted = picked ?? touched ?? followed;
  const ring = rings.find((one) => isSame(one, wanted)) ?? rings[0];
  if (ring === undefined) return <p className={css.empty}>{none}</p>;
  return <Ring rings={rings} ring={ring} />;
}

function isSame(a: Named, b: Named | null): boolean {
  return a.queue === b?.queue && a.direction === b.direction;
}
