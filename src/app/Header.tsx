import type { RefObject } from 'react';
import { controlsWords } from '../content/controls.ts';
import { CompositeBadge, ScenarioPanel } from '../panels/controls/Panel.tsx';
import { CopyLink, ShareButton, ThemeChoice } from '../panels/controls/Share.tsx';
import { commands } from '../store/commands.ts';
import { scenarioTitle, useApp } from '../store/store.ts';
import { endTour, startTour } from '../store/tour.ts';
import css from './app.module.css';
import type { HelpAbout } from './Help.tsx';
import type { Layout } from './layout.ts';

function Brand() {
  return (
    <h1 className={css.brand}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" strokeWidth="4">
        <path d="M12 3a9 9 0 0 1 9 9" stroke="var(--dom0)" />
        <path d="M21 12a9 9 0 0 1-9 9" stroke="var(--xen)" />
        <path d="M12 21a9 9 0 0 1-9-9" stroke="var(--line-strong)" />
        <path d="M3 12a9 9 0 0 1 9-9" stroke="var(--domU)" />
      </svg>
      <span>RingScope</span>
    </h1>
  );
}

/** The name of the run that is set there, which a narrow page shows nowhere else. */
function SettingsLabel() {
  const title = useApp(scenarioTitle);
  return (
    <span className={css.set}>
      <small>{controlsWords.settings}</small> <span>{title}</span>
    </span>
  );
}

function SearchButton() {
  return (
    <button
      type="button"
      className="button"
      aria-label={controlsWords.search}
      aria-keyshortcuts="/"
      title={controlsWords.search}
      onClick={() => commands.show('search')}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={css.glass}>
        <path d="M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2zM10.6 10.6L14 14" />
      </svg>
    </button>
  );
}

interface HeaderProps {
  layout: Layout;
  /** False for the first picture, which has no more than places. */
  whole: boolean;
  /** Are the settings open, where they are behind a button? */
  settings: boolean;
  settingsButton: RefObject<HTMLButtonElement | null>;
  onSettings: (open: boolean) => void;
  onHelp: (about: HelpAbout) => void;
  onShare: () => void;
}

/** The name of the page, the run that it shows, and the ways to everything about it. */
export function Header({ layout, whole, settings, settingsButton, onSettings, onHelp, onShare }: HeaderProps) {
  const touring = useApp((state) => state.tour !== null);
  const toggleTour = (): void => {
    onSettings(false);
    (touring ? endTour : startTour)();
  };
  return (
    <header className={css.header} data-open={settings}>
      <Brand />
      {whole && <ScenarioPanel short={layout === 'medium'} onWhy={() => onHelp('fidelity')} />}
      {layout === 'narrow' && !settings && <CompositeBadge short onWhy={() => onHelp('fidelity')} />}
      <div className={css.share}>
        {layout === 'narrow' && <SearchButton />}
        <ThemeChoice />
        <CopyLink />
        <ShareButton onOpen={onShare} />
      </div>
      <div className={css.buttons}>
        <button
          ref={settingsButton}
          type="button"
          className={`button ${css.settingsButton}`}
          aria-expanded={settings}
          aria-controls="settings"
          onClick={() => onSettings(!settings)}
        >
          {settings ? controlsWords.closeSettings : <SettingsLabel />}
        </button>
        {(layout !== 'narrow' || settings) && (
          <button type="button" className="button" aria-pressed={touring} onClick={toggleTour}>{controlsWords.tour}</button>
        )}
        {layout !== 'narrow' && <SearchButton />}
        <button
          type="button"
          className="button"
          aria-label={controlsWords.help}
          onClick={() => onHelp('keys')}
        >
          ?
        </button>
      </div>
    </header>
  );
}
