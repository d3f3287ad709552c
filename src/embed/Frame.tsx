import { Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { embedWords as t } from '../content/embed.ts';
import { words } from '../content/words.ts';
import { Answers } from '../app/Answers.tsx';
import { Boundary } from '../app/Boundary.tsx';
import { listenForShortcuts } from '../app/keyboard.ts';
import { Announcer, FatalMessage, Refusal, StaleMessage } from '../app/Messages.tsx';
import { StageArea } from '../app/StageArea.tsx';
import { Progress } from '../panels/timeline/Progress.tsx';
import { Transport } from '../panels/timeline/Transport.tsx';
import { lazy } from '../parts/lazy.ts';
import { currentAddress } from '../store/share.ts';
import { useApp } from '../store/store.ts';
import css from './frame.module.css';
import { tellHeight } from './height.ts';
import type { FrameOptions } from './options.ts';
import { keepPlaying } from './playing.ts';

/** Only frames whose author asked for them have them. */
const StoryPanel = lazy(async () => ({ default: (await import('../panels/story/Panel.tsx')).StoryPanel }));
const LensesPanel = lazy(async () => ({ default: (await import('../panels/lenses/Panel.tsx')).LensesPanel }));
const TimelinePanel = lazy(async () => ({ default: (await import('../panels/timeline/Panel.tsx')).TimelinePanel }));

function OpenInFull({ home }: { home: string }) {
  const run = useApp((state) => state.run);
  const outline = useApp((state) => state.outline);
  const position = useApp((state) => state.position);
  const fingerprint = useApp((state) => state.fingerprint);
  return (
    <a
      className={css.full}
      href={currentAddress({ run, outline, position, fingerprint }, home)}
      target="_blank"
      rel="noreferrer"
    >
      {words.app.openFull} <span aria-hidden="true">↗</span>
    </a>
  );
}

function onFocus(listener: () => void): () => void {
  addEventListener('focus', listener);
  addEventListener('blur', listener);
  return () => {
    removeEventListener('focus', listener);
    removeEventListener('blur', listener);
  };
}

/** Keys belong to the page around until somebody comes in here, and this says so. */
function Keys() {
  const focused = useSyncExternalStore(onFocus, () => document.hasFocus());
  return <span className={css.keys}>{focused ? t.keys : t.noKeys}</span>;
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div className={css.problems} role="alert">
      <p>{t.problems}</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

interface FrameProps {
  options: FrameOptions;
  /** What of the options could not be followed. */
  problems: readonly string[];
  /** The address of a whole page of RingScope; undefined where there is none. */
  home: string | undefined;
}

/** What another page shows in a frame: the panels that its author picked, and what moves through the run. */
export function Frame({ options, problems, home }: FrameProps) {
  const { panels, controls, height } = options;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => listenForShortcuts(), []);
  useEffect(() => (root.current === null ? undefined : keepPlaying(options, root.current)), [options]);
  useEffect(() => (height === 'auto' && root.current !== null ? tellHeight(root.current) : undefined), [height]);
  return (
    <div ref={root} className={css.frame} data-height={height}>
      <div className={css.notices}>
        <FatalMessage />
        <StaleMessage />
        <Problems problems={problems} />
        <Refusal about="run" />
        {controls === 'none' && <Refusal about="moves" />}
      </div>
      <main className={css.panels}>
        <h1 className="visually-hidden">RingScope</h1>
        {panels.includes('stage') && (
          <section className={css.stage} aria-label={words.app.stage}>
            <Boundary>
              <StageArea variant="embed" />
            </Boundary>
          </section>
        )}
        {panels.includes('lens') && (
          <section className={css.lens} aria-label={words.app.lens}>
            <Boundary>
              <Suspense>
                <LensesPanel canEnlarge={false} />
              </Suspense>
            </Boundary>
          </section>
        )}
        {panels.includes('story') && (
          <section className={css.story} aria-label={words.app.story}>
            <Boundary>
              <Suspense>
                <StoryPanel />
              </Suspense>
            </Boundary>
          </section>
        )}
      </main>
      <footer className={css.foot} data-controls={controls}>
        {controls !== 'none' && (
          <>
            <Refusal about="moves" />
            <Transport compact={controls === 'line'} />
          </>
        )}
        {controls === 'line' && <Progress />}
        {controls === 'full' && (
          <div className={css.timeline}>
            <Boundary>
              <Suspense>
                <TimelinePanel size="compact" />
              </Suspense>
            </Boundary>
          </div>
        )}
        <Keys />
        {home !== undefined && <OpenInFull home={home} />}
      </footer>
      <Announcer />
      <Answers />
    </div>
  );
}
