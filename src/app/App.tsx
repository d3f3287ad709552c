import { Suspense, startTransition, useEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { controlsWords } from '../content/controls.ts';
import { words } from '../content/words.ts';
import { Stopped } from '../panels/timeline/Breakpoints.tsx';
import { TimelineRoom } from '../panels/timeline/Room.tsx';
import { Transport } from '../panels/timeline/Transport.tsx';
import { lazy } from '../parts/lazy.ts';
import { ScrollEdge } from '../parts/ScrollEdge.tsx';
import { afterLayout } from '../store/after-layout.ts';
import { commands } from '../store/commands.ts';
import { VIEWS, appStore, useApp } from '../store/store.ts';
import type { View } from '../store/store.ts';
import { Answers } from './Answers.tsx';
import { Boundary } from './Boundary.tsx';
import css from './app.module.css';
import { Header } from './Header.tsx';
import type { HelpAbout } from './Help.tsx';
import { listenForShortcuts } from './keyboard.ts';
import { useLayout, useTall } from './layout.ts';
import type { Layout } from './layout.ts';
import { Announcer, FatalMessage, Opening, Refusal, StaleMessage } from './Messages.tsx';
import { signsOf } from './signs.ts';
import { useSettings } from './use-settings.ts';
import { ViewTabs } from './ViewTabs.tsx';

/** What is not there in the first picture: on its way by then, and drawn after it. */
const rest = () => import('./rest.ts');
const SlidersPanel = lazy(async () => ({ default: (await rest()).SlidersPanel }));
const LensesPanel = lazy(async () => ({ default: (await rest()).LensesPanel }));
const FirstWords = lazy(async () => ({ default: (await rest()).FirstWords }));
const StoryPanel = lazy(async () => ({ default: (await rest()).StoryPanel }));
const StageArea = lazy(async () => ({ default: (await rest()).StageArea }));

/** Nobody needs them before they ask for them. */
const Help = lazy(() => import('./Help.tsx'));
const Tour = lazy(() => import('../panels/tour/Panel.tsx'));
const TourLeft = lazy(() => import('../panels/tour/Left.tsx'));
const SearchPanel = lazy(() => import('../panels/search/Panel.tsx'));
/** Says more once the words of the steps are there. */
const StepCaption = lazy(() => import('./StepCaption.tsx'));
/** The lenses have their usual height until somebody wants another. */
const Splitter = lazy(() => import('./Splitter.tsx'));
const SharePanel = lazy(() => import('../panels/share/Panel.tsx'));
const StateText = lazy(() => import('../panels/text/Panel.tsx'));
/** Only breakpoints need it. */
const Unmet = lazy(() => import('../panels/timeline/Unmet.tsx'));
/** Comes with the timeline, and is there for its room before there are branches. */
const BranchRow = lazy(async () => ({ default: (await import('../panels/timeline/Panel.tsx')).BranchRow }));
/** Nothing is in it before a run is open; the first step can be made without it. */
const TimelinePanel = lazy(async () => ({ default: (await import('../panels/timeline/Panel.tsx')).TimelinePanel }));

/** The views that a layout shows one at a time; the others are always there. */
const taken: Readonly<Record<Layout, readonly View[]>> = {
  narrow: VIEWS,
  medium: ['story', 'lens'],
  wide: [],
};

/**
 * False for the first picture, which has the places of all parts and what leads through the run: so the first step can be
 * made as soon as the engine is there. All else is drawn after that, and lets a key or a click in between.
 */
function useWhole(): boolean {
  const [whole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  return whole;
}

/** The whole page. */
export function App() {
  const whole = useWhole();
  const layout = useLayout();
  const picked = useApp((state) => state.view);
  const [closed, setClosed] = useState(false);
  const { open: settings, setOpen: setSettings, button: settingsButton } = useSettings();
  const [help, setHelp] = useState<HelpAbout | null>(null);
  const [text, setText] = useState(false);
  const [share, setShare] = useState(false);
  const dialog = useApp((state) => state.dialog);
  const breakpoints = useApp((state) => state.breakpoints.length > 0);
  useEffect(
    () =>
      listenForShortcuts(signsOf({
        help: () => setHelp('keys'),
        lens: commands.openLens,
      })),
    [],
  );
  const lenses = useRef<HTMLElement>(null);
  const stage = useRef<HTMLElement>(null);
  // Whoever opens a lens from elsewhere wants to see it.
  useEffect(() => appStore.subscribe((now, before) => {
    if (now.lensAsked === before.lensAsked) return;
    setClosed(false);
    // A low page scrolls.
    afterLayout(() => lenses.current?.scrollIntoView({ block: 'start' }));
  }), []);
  const roomy = useTall() && layout === 'wide';
  const lensOpen = useApp((state) => state.lensOpen) ?? roomy;
  const lensHeight = useApp((state) => state.lensHeight);
  const branched = useApp((state) => state.branches.length > 1);
  const starting = useApp((state) => state.starting);
  const size = layout === 'narrow' ? 'tall' : roomy ? 'usual' : 'compact';
  const views = taken[layout];
  const shown = views.includes(picked) ? picked : views[0];
  const isClosed = layout === 'medium' && closed;
  const hidden = (view: View): boolean => views.includes(view) && (view !== shown || isClosed);
  const pick = (view: View): void => {
    if (view === 'lens') commands.openLens(appStore.getState().lens);
    else appStore.setState({ view });
    setClosed(false);
  };
  // Nothing beneath the stage could give the room for a row of branches.
  const room = layout === 'wide' ? !lensOpen : isClosed;
  const touring = useApp((state) => state.tour !== null);
  const left = useApp((state) => state.tourLeft !== null);
  const tour = touring && (
    <Boundary>
      <Suspense>
        <Tour />
      </Suspense>
    </Boundary>
  );
  const unmet = <Suspense>{breakpoints && <Unmet />}</Suspense>;
  return (
    <div
      className={css.app}
      data-layout={layout}
      data-branched={branched}
      data-left={left}
      style={lensHeight === null ? undefined : { '--lens': `${lensHeight}px` } as CSSProperties}
    >
      <Header
        layout={layout}
        whole={whole}
        settings={settings}
        settingsButton={settingsButton}
        onSettings={setSettings}
        onHelp={setHelp}
        onShare={() => setShare(true)}
      />
      <div className={css.fatal}>
        <FatalMessage />
        <StaleMessage />
        <Refusal about="run" />
      </div>
      <main className={css.main}>
        <section id="settings" className={css.settings} data-open={settings} aria-label={controlsWords.settings}>
          <Suspense>{whole && <SlidersPanel />}</Suspense>
          <Opening />
        </section>
        {shown !== undefined && (
          <ViewTabs
            views={views}
            shown={isClosed ? undefined : shown}
            onPick={pick}
            {...(layout === 'medium' && { drawer: { open: !closed, toggle: () => setClosed(!closed) } })}
          />
        )}
        {layout === 'narrow' && shown !== 'story' && (
          <div className={css.caption}>
            <Suspense><StepCaption stage={stage} drawn={whole} onOpen={() => pick('story')} /></Suspense>
          </div>
        )}
        <section ref={stage} className={css.stage} aria-label={words.app.stage} hidden={hidden('stage')}>
          <button type="button" className={`button ${css.asText}`} onClick={() => setText(true)}>
            {words.app.asText}
          </button>
          <Boundary>
            <Suspense>
              {whole && layout === 'narrow' && <FirstWords />}
              {whole && <StageArea variant="page" />}
            </Suspense>
          </Boundary>
        </section>
        <section className={css.story} aria-label={words.app.story} hidden={hidden('story')}>
          {layout === 'wide' && tour}
          <Boundary>
            <Suspense>{whole && <StoryPanel />}</Suspense>
          </Boundary>
          <ScrollEdge edge="below" says={words.lenses.below} />
        </section>
        <section
          ref={lenses}
          className={css.lens}
          data-open={layout !== 'wide' || lensOpen}
          data-sized={layout !== 'narrow' && lensHeight !== null}
          aria-label={words.app.lens}
          hidden={hidden('lens')}
        >
          <Suspense>{whole && layout === 'wide' && lensOpen && <Splitter />}</Suspense>
          <Boundary>
            <Suspense>
              {whole && (layout === 'wide' ? (
                <LensesPanel open={lensOpen} onToggle={(open) => appStore.setState({ lensOpen: open })} />
              ) : (
                <LensesPanel canEnlarge={layout === 'medium'} />
              ))}
            </Suspense>
          </Boundary>
        </section>
        {layout === 'wide' && <div className={css.stops} data-in-bar><Stopped />{unmet}</div>}
        <div className={css.tourLeft}>
          <Suspense>{(touring || left) && <TourLeft />}</Suspense>
        </div>
      </main>
      <div className={css.foot}>
        {layout !== 'wide' && <div className={css.tour}>{tour}</div>}
        {layout !== 'narrow' && (branched || room) && (
          <div className={css.branches}>
            <Suspense>
              <BranchRow />
            </Suspense>
          </div>
        )}
        <div className={css.transport}>
          <Refusal about="moves" />
          <Transport moves={controlsWords.moves} stops={layout !== 'wide'} />
          {layout !== 'wide' && unmet}
        </div>
        <section className={css.timeline} aria-label={words.app.timeline} hidden={hidden('timeline')}>
          <Boundary>
            <Suspense fallback={<TimelineRoom size={size} />}>
              {starting ? <TimelineRoom size={size} /> : <TimelinePanel size={size} apart={layout !== 'narrow'} />}
            </Suspense>
          </Boundary>
        </section>
      </div>
      <Announcer />
      <Answers />
      <Suspense>
        {help !== null && <Help about={help} onClose={() => setHelp(null)} onText={() => setText(true)} />}
      </Suspense>
      <Suspense>{text && <StateText onClose={() => setText(false)} />}</Suspense>
      <Suspense>{share && <SharePanel onClose={() => setShare(false)} />}</Suspense>
      <Suspense>{dialog === 'search' && <SearchPanel onGo={() => setSettings(false)} />}</Suspense>
    </div>
  );
}
