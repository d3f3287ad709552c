import { Suspense, lazy, useEffect, useState } from 'react';
import { words } from '../content/words.ts';
import { CompositeBadge, ScenarioPanel, SlidersPanel } from '../panels/controls/Panel.tsx';
import { CopyEmbed, CopyLink, ThemeChoice } from '../panels/controls/Share.tsx';
import { LensesPanel } from '../panels/lenses/Panel.tsx';
import { StoryPanel } from '../panels/story/Panel.tsx';
import { TimelinePanel } from '../panels/timeline/Panel.tsx';
import { Transport } from '../panels/timeline/Transport.tsx';
import { appStore, useApp } from '../store/store.ts';
import { Answers } from './Answers.tsx';
import { Boundary } from './Boundary.tsx';
import css from './app.module.css';
import { listenForShortcuts } from './keyboard.ts';
import { useLayout, useTall } from './layout.ts';
import type { Layout } from './layout.ts';
import { Announcer, FatalMessage, Refusal } from './Messages.tsx';
import { StageArea } from './StageArea.tsx';

/** Nobody needs it before they ask for it. */
const Help = lazy(() => import('./Help.tsx'));
const StateText = lazy(() => import('../panels/text/Panel.tsx'));

const VIEWS = ['stage', 'story', 'lens', 'timeline'] as const;
type View = (typeof VIEWS)[number];

/** The views that a layout shows one at a time; the others are always there. */
const taken: Readonly<Record<Layout, readonly View[]>> = {
  narrow: VIEWS,
  medium: ['story', 'lens'],
  wide: [],
};

function Brand() {
  return (
    <h1 className={css.brand}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" strokeWidth="4">
        <path d="M12 3a9 9 0 0 1 9 9" stroke="var(--dom0)" />
        <path d="M21 12a9 9 0 0 1-9 9" stroke="var(--xen)" />
        <path d="M12 21a9 9 0 0 1-9-9" stroke="var(--line-strong)" />
        <path d="M3 12a9 9 0 0 1 9-9" stroke="var(--domU)" />
      </svg>
      RingScope
    </h1>
  );
}

function ViewTabs({
  views,
  shown,
  onPick,
}: {
  views: readonly View[];
  shown: View;
  onPick: (view: View) => void;
}) {
  return (
    <nav className={css.views} aria-label={words.app.views}>
      {views.map((view) => (
        <button key={view} type="button" aria-current={view === shown} onClick={() => onPick(view)}>
          {words.app[view]}
        </button>
      ))}
    </nav>
  );
}

/** The whole page. */
export function App() {
  const layout = useLayout();
  const [picked, setPicked] = useState<View>('stage');
  const [settings, setSettings] = useState(false);
  const [help, setHelp] = useState<'keys' | 'fidelity' | null>(null);
  const [text, setText] = useState(false);
  useEffect(() => listenForShortcuts(() => setHelp('keys')), []);
  const roomy = useTall() && layout === 'wide';
  const lensOpen = useApp((state) => state.lensOpen) ?? roomy;
  const views = taken[layout];
  const shown = views.includes(picked) ? picked : views[0];
  const hidden = (view: View): boolean => views.includes(view) && view !== shown;
  return (
    <div className={css.app} data-layout={layout}>
      <header className={css.header} data-open={settings}>
        <Brand />
        <ScenarioPanel short={layout === 'medium'} onWhy={() => setHelp('fidelity')} />
        {layout === 'narrow' && !settings && <CompositeBadge short onWhy={() => setHelp('fidelity')} />}
        <div className={css.share}>
          <ThemeChoice />
          <CopyLink />
          <CopyEmbed />
        </div>
        <div className={css.buttons}>
          <button
            type="button"
            className={`button ${css.settingsButton}`}
            aria-expanded={settings}
            aria-controls="settings"
            onClick={() => setSettings(!settings)}
          >
            {words.app.settings}
          </button>
          <button
            type="button"
            className="button"
            aria-label={words.controls.help}
            onClick={() => setHelp('keys')}
          >
            ?
          </button>
        </div>
      </header>
      <div className={css.fatal}>
        <FatalMessage />
      </div>
      <main className={css.main}>
        <section id="settings" className={css.settings} data-open={settings} aria-label={words.app.settings}>
          <SlidersPanel />
          <Refusal about="run" />
        </section>
        {shown !== undefined && <ViewTabs views={views} shown={shown} onPick={setPicked} />}
        <section className={css.stage} aria-label={words.app.stage} hidden={hidden('stage')}>
          <button type="button" className={`button ${css.asText}`} onClick={() => setText(true)}>
            {words.app.asText}
          </button>
          <Boundary>
            <StageArea variant="page" />
          </Boundary>
        </section>
        <section className={css.story} aria-label={words.app.story} hidden={hidden('story')}>
          <Boundary>
            <StoryPanel />
          </Boundary>
        </section>
        <section
          className={css.lens}
          data-open={layout !== 'wide' || lensOpen}
          aria-label={words.app.lens}
          hidden={hidden('lens')}
        >
          <Boundary>
            {layout === 'wide' ? (
              <LensesPanel open={lensOpen} onToggle={(open) => appStore.setState({ lensOpen: open })} />
            ) : (
              <LensesPanel />
            )}
          </Boundary>
        </section>
      </main>
      <div className={css.foot}>
        <div className={css.transport}>
          <Refusal about="moves" />
          <Transport />
        </div>
        <section className={css.timeline} aria-label={words.app.timeline} hidden={hidden('timeline')}>
          <Boundary>
            <TimelinePanel size={layout === 'narrow' ? 'tall' : roomy ? 'usual' : 'compact'} />
          </Boundary>
        </section>
      </div>
      <Announcer />
      <Answers />
      <Suspense>
        {help !== null && <Help about={help} onClose={() => setHelp(null)} onText={() => setText(true)} />}
      </Suspense>
      <Suspense>{text && <StateText onClose={() => setText(false)} />}</Suspense>
    </div>
  );
}
