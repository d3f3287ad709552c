import { useEffect } from 'react';
import { netifTxRing } from '../../abi/netif.ts';
import { seams } from '../../abi/ring.ts';
import { spotNames, tourStops, tourWords as t } from '../../content/tour.ts';
import type { TourStop } from '../../content/tour.ts';
import { fill, words } from '../../content/words.ts';
import byHand from '../../parts/by-hand.module.css';
import { Prose } from '../../parts/Prose.tsx';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { afterLayout } from '../../store/after-layout.ts';
import { commands } from '../../store/commands.ts';
import { ringChoice } from '../../store/ring-choice.ts';
import { appStore, useApp } from '../../store/store.ts';
import { configValues } from '../../store/values.ts';
import { Heading } from './Heading.tsx';
import { lensOf, openTourRun, positionOf, toQuestion, toStop, visit } from './model.ts';
import { Notice } from './Notice.tsx';
import { HarmShown, SeeHarm } from './SeeHarm.tsx';
import { bringIntoView, useInView, useKeyInView, useOutline } from './spot.ts';
import css from './tour.module.css';

/** While the stop shows it: the first slot of the TX ring that lies on two pages, in the rings lens. */
function useSeam(shows: boolean, txPages: number): void {
  useEffect(() => {
    const slot = seams(txPages, netifTxRing.entry.size)[0]?.slot;
    if (!shows || slot === undefined) return undefined;
    const before = ringChoice.getState();
    ringChoice.setState({ ring: { queue: 0, direction: 'tx' }, slot: String(slot) });
    return () => ringChoice.setState(before);
  }, [shows, txPages]);
}

/** The parts that the stop is about; each leads there on a page that shows one thing at a time. */
function LookAt({ stop }: { stop: TourStop }) {
  const lens = lensOf(stop);
  const toSpot = (): void => {
    appStore.setState({ view: 'stage' });
    afterLayout(() => bringIntoView(stop.look.spot, true));
  };
  return (
    <p className={css.look}>
      <span>{t.look}</span>
      <button type="button" className={`${css.spot} ${css.part}`} onClick={toSpot}>
        {spotNames[stop.look.spot]}
      </button>
      {lens !== undefined && (
        <button
          type="button"
          className={css.spot}
          onClick={() => commands.openLens(lens)}
        >
          {words.app.lens}: {words.lenses[lens]}
        </button>
      )}
    </p>
  );
}

/** `harm`: in the run that the stop itself leads to. */
type Whereabouts = 'here' | 'elsewhere' | 'harm' | 'missing' | 'unknown';

function useWhereabouts(stop: TourStop): Whereabouts {
  return useApp(({ outline, position, goal }) => {
    if (outline === null) return 'unknown';
    const place = positionOf(stop.at, outline);
    if (place === undefined) return outline.run.scenario === stop.harm ? 'harm' : 'missing';
    return place === (goal ?? position) ? 'here' : 'elsewhere';
  });
}

/** One stop: its words, where to look, and the ways on. */
export function StopCard({ stop, at }: { stop: TourStop; at: number }) {
  const config = useApp((state) => state.run.config);
  const where = useWhereabouts(stop);
  useOutline(where === 'here' ? stop.look.spot : undefined);
  useSeam(stop.look.seam === true && where === 'here', config.txPages);
  // On its way there, the page still shows another step.
  const there = useApp(({ goal }) => goal === null) && where === 'here';
  useInView(stop.look.spot, there, true);
  useKeyInView(stop.look.key, there);
  const values = configValues(config);
  const last = at === tourStops.length - 1;
  const list = stop.questions.join(', ');
  const go = (to: number): void => toStop(to, where === 'harm');
  const next = (): void => (last ? toQuestion(0) : go(at + 1));
  return (
    <>
      <div className={css.body}>
        <ScrollEdge edge="above" />
        <Heading>
          {fill(stop.title, values)}
        </Heading>
        {where === 'missing' ? (
          <Notice>
            <p>{t.missing}</p>
            <button type="button" className={css.spot} onClick={() => openTourRun(stop.at)}>{t.openRun}</button>
          </Notice>
        ) : where !== 'harm' && (
          <>
            <p className={stop.textTouch === undefined ? undefined : byHand.byKey}>
              <Prose text={fill(stop.text, values)} />
            </p>
            {stop.textTouch !== undefined && (
              <p className={byHand.byTouch}>
                <Prose text={fill(stop.textTouch, values)} />
              </p>
            )}
          </>
        )}
        {where === 'elsewhere' && (
          <Notice>
            <p>{t.elsewhere}</p>
            <button type="button" className={css.spot} onClick={() => visit(stop)}>{t.return}</button>
          </Notice>
        )}
        {stop.harm !== undefined && <HarmShown scenario={stop.harm} onBack={() => openTourRun(stop.at)} />}
        {where !== 'harm' && (
          <div className={css.beside}>
            {where !== 'missing' && <LookAt stop={stop} />}
            {stop.harm !== undefined && <SeeHarm scenario={stop.harm} />}
            {stop.questions.length > 0 && (
              <p className={css.quiet}>{fill(stop.questions.length === 1 ? t.prepares : t.preparesMany, { list })}</p>
            )}
          </div>
        )}
        <ScrollEdge edge="below" says={t.below} />
      </div>
      <footer className={css.foot}>
        <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}>
          {t.back}
        </button>
        <button type="button" className={`button ${css.onward}`} onClick={next}>
          {last ? t.toQuestions : where === 'missing' ? t.skip : t.next}
        </button>
      </footer>
    </>
  );
}
