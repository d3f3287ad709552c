import { useEffect, useId, useState } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill, words } from '../../content/words.ts';
import { stepTitle } from '../../picture/scene.ts';
import type { Scene } from '../../picture/scene.ts';
import { appStore, LENSES, THEMES } from '../../store/store.ts';
import type { Lens } from '../../store/store.ts';
import { Choice, Setting } from './Choice.tsx';
import { CopyField } from './Copy.tsx';
import { chapterPart, CONTROLS, elementMarkup, frameAddress, frameMarkup, linkMarkup, optionsText, PANELS } from './embed.ts';
import type { EmbedChoice, EmbedPanel } from './embed.ts';
import css from './share.module.css';

const t = shareWords.frame;
const FORMS = ['iframe', 'script', 'element'] as const;
const MARKUP = { iframe: frameMarkup, script: linkMarkup, element: elementMarkup } as const;

/** The markup for another page, and what changes it. */
export function EmbedPart({ scene }: { scene: Scene }) {
  const [form, setForm] = useState<(typeof FORMS)[number]>('iframe');
  const [choice, setChoice] = useState<EmbedChoice>(() => ({
    panels: ['stage'], lens: appStore.getState().lens, controls: 'line', part: null, autoplay: false, loop: false, theme: 'auto',
  }));
  const change = (some: Partial<EmbedChoice>): void => setChoice({ ...choice, ...some });
  const chapter = chapterPart(scene.outline, scene.position);
  const options = optionsText(choice);
  const title = `RingScope: ${stepTitle(scene)}`;
  const markup = MARKUP[form](scene, location.href, options, title);
  return (
    <>
      <CopyField label={t.markup} name={shareWords.copyMarkup} text={markup} rows={5} />
      <div className={css.settings}>
        <Setting hint={t.formHow[form]}>
          <Choice label={t.form} values={FORMS} value={form} nameOf={(one) => t[one]} onPick={setForm} />
        </Setting>
        <Panels choice={choice} onChange={change} />
        <Setting hint={t.controlsHow[choice.controls]}>
          <Choice label={t.controls} values={CONTROLS} value={choice.controls} nameOf={(one) => t[one]}
            onPick={(controls) => change({ controls })} />
        </Setting>
        <Setting hint={t.themeHow[form]}>
          <Choice label={t.theme} values={THEMES} value={choice.theme} nameOf={(one) => t[one]} onPick={(theme) => change({ theme })} />
        </Setting>
        <Setting hint={t.playHow}>
          <fieldset className={css.group}>
            <legend>{t.play}</legend>
            <Check label={t.autoplay} on={choice.autoplay} onChange={(autoplay) => change({ autoplay })} />
            <Check label={t.loop} on={choice.loop} onChange={(loop) => change({ loop })} />
          </fieldset>
        </Setting>
        {chapter !== null && (
          <Setting hint={t.chapterHow}>
            <fieldset className={css.group}>
              <legend>{t.part}</legend>
              <Check label={fill(t.chapter, { title: chapter.title })} on={choice.part !== null}
                onChange={(on) => change({ part: on ? { from: chapter.from, to: chapter.to } : null })} />
            </fieldset>
          </Setting>
        )}
      </div>
      <Preview address={frameAddress(scene, location.href, options)} />
    </>
  );
}

function Panels({ choice: { panels, lens }, onChange }: { choice: EmbedChoice; onChange: (some: Partial<EmbedChoice>) => void }) {
  const toggle = (panel: EmbedPanel, on: boolean): void =>
    onChange({ panels: PANELS.filter((one) => (one === panel ? on : panels.includes(one))) });
  return (
    <Setting hint={t.panelsHow}>
      <fieldset className={css.group}>
        <legend>{t.panels}</legend>
        {PANELS.map((one) => {
          const on = panels.includes(one);
          return <Check key={one} label={t[one]} on={on} off={on && panels.length === 1} onChange={(now) => toggle(one, now)} />;
        })}
        <select
          className="button"
          aria-label={t.whichLens}
          value={lens}
          disabled={!panels.includes('lens')}
          onChange={({ target }) => onChange({ lens: target.value as Lens })}
        >
          {LENSES.map((one) => <option key={one} value={one}>{words.lenses[one]}</option>)}
        </select>
      </fieldset>
    </Setting>
  );
}

function Check({ label, on, off = false, onChange }: { label: string; on: boolean; off?: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={on} disabled={off} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

/** The frame itself, once somebody wants to see it. */
function Preview({ address }: { address: string }) {
  const [shown, setShown] = useState(false);
  const [blocked, setBlocked] = useState(false);
  const id = useId();
  useEffect(() => {
    if (!shown) return undefined;
    const onViolation = ({ effectiveDirective }: SecurityPolicyViolationEvent): void => {
      if (effectiveDirective === 'frame-src') setBlocked(true);
    };
    document.addEventListener('securitypolicyviolation', onViolation);
    return () => document.removeEventListener('securitypolicyviolation', onViolation);
  }, [shown]);
  return (
    <div className={css.preview}>
      <div className={css.above}>
        <button type="button" className="button" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          {shown ? t.previewOff : t.preview}
        </button>
        <span className={css.hint}>{t.previewHow}</span>
      </div>
      <div id={id} hidden={!shown}>
        {blocked && <p role="alert" className={css.refused}>{t.blocked}</p>}
        {/* Another address is another frame: it would otherwise become a step of this page's history. */}
        {shown && !blocked && <iframe key={address} src={address} title={t.previewTitle} sandbox="allow-scripts allow-popups" />}
      </div>
    </div>
  );
}
