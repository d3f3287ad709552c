import { Suspense, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { shareWords as t } from '../../content/share.ts';
import { lazy } from '../../parts/lazy.ts';
import { chapterText, whereText } from '../../picture/scene.ts';
import type { Scene } from '../../picture/scene.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import { EmbedPart } from './EmbedPart.tsx';
import { LinkPart } from './LinkPart.tsx';
import css from './share.module.css';

/** What makes files comes when it is asked for. */
const PicturePart = lazy(() => import('./PicturePart.tsx'));
const DataPart = lazy(() => import('./DataPart.tsx'));

const PARTS = ['link', 'embed', 'picture', 'data'] as const;
type Part = (typeof PARTS)[number];

const contents: Readonly<Record<Part, React.ComponentType<{ scene: Scene }>>> = {
  link: LinkPart, embed: EmbedPart, picture: PicturePart, data: DataPart,
};

/** The step that is shared; null until a run is open. */
function useScene(): Scene | null {
  const outline = useApp((state) => state.outline);
  const position = useApp((state) => state.position);
  const step = useApp((state) => state.step);
  const view = useApp((state) => state.stage);
  const notes = useApp((state) => state.notes);
  const scenario = useApp(({ scenarios }) => scenarios.find(({ id }) => id === outline?.run.scenario)?.title);
  return useMemo(
    () => (outline === null ? null
      : { scenario: scenario ?? outline.run.scenario, run: outline.run, outline, position, step, view, notes }),
    [scenario, outline, position, step, view, notes],
  );
}

/** The ways to share the step that is shown: its address, a frame, a picture, the run as data. Open for as long as it is there. */
export default function SharePanel({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const id = useId();
  const scene = useScene();
  const [part, setPart] = useState<Part>('link');
  // What was set in one of them is kept while another is shown.
  const [visited, setVisited] = useState<ReadonlySet<Part>>(new Set(['link']));
  useEffect(() => {
    // Whoever shares a step shares the one that they see.
    commands.pause();
    if (dialog.current?.open === false) dialog.current.showModal();
    tabs.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, []);
  const choose = (one: Part): void => {
    setPart(one);
    setVisited(new Set([...visited, one]));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = PARTS.indexOf(part);
    const last = PARTS.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const next = to === undefined ? undefined : PARTS[to];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    tabs.current?.querySelector<HTMLElement>(`[data-part='${next}']`)?.focus();
  };
  return (
    <dialog ref={dialog} className={css.share} aria-labelledby={`${id}-title`} onClose={onClose}>
      <header className={css.head}>
        <div className={css.title}>
          <h2 id={`${id}-title`}>{t.title}</h2>
          {scene !== null && (
            <p className={css.where}>{[scene.scenario, whereText(scene), chapterText(scene)].filter((one) => one !== '').join(' · ')}</p>
          )}
        </div>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>{t.close}</button>
      </header>
      <div className={css.tabs} role="tablist" aria-label={t.sections} ref={tabs}>
        {PARTS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            data-part={one}
            className={css.tab}
            aria-selected={one === part}
            aria-controls={`${id}-${one}-panel`}
            tabIndex={one === part ? 0 : -1}
            onClick={() => choose(one)}
            onKeyDown={onKeyDown}
          >
            {t[one]}
          </button>
        ))}
      </div>
      {PARTS.map((one) => {
        const Content = contents[one];
        return (
          <div
            key={one}
            className={css.part}
            role="tabpanel"
            id={`${id}-${one}-panel`}
            aria-labelledby={`${id}-${one}`}
            tabIndex={0}
            hidden={one !== part}
          >
            {scene === null ? <p>{t.noRun}</p> : visited.has(one) && <Suspense><Content scene={scene} /></Suspense>}
          </div>
        );
      })}
    </dialog>
  );
}
