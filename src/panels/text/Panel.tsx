import { useEffect, useId, useRef, useState } from 'react';
import { textWords as t } from '../../content/text.ts';
import { titleOf } from '../../content/words.ts';
import { describeChange, isBookkeeping } from '../../parts/describe.ts';
import { layoutWith } from '../../parts/layout.ts';
import { chapterIndex } from '../../store/outline.ts';
import { appStore } from '../../store/store.ts';
import type { AppState } from '../../store/store.ts';
import { stepValues } from '../../store/values.ts';
import { headline, plainText, tell } from './model.ts';
import type { Block, Moment } from './model.ts';
import css from './text.module.css';

const COPIED_MS = 2000;

/** What the page shows now, as the model wants it. */
function momentOf({ run, outline, position, step, choices, notes, scenarios, stage }: AppState): Moment {
  const title = (key: string, values: Parameters<typeof titleOf>[2], shown?: string): string =>
    titleOf(notes, key, values, shown).replaceAll(/`|\*\*/g, '');
  const index = outline === null ? -1 : chapterIndex(outline, position);
  const chapter = outline?.chapters[index];
  const layout = layoutWith(stage.rings);
  const changes = (step?.changes ?? []).filter((change) => !isBookkeeping(change));
  const hidden = step === null ? 0 : step.changes.length - changes.length;
  const shown = step?.stack.at(-1)?.shown ?? '';
  return {
    scenario: scenarios.find(({ id }) => id === run.scenario)?.title ?? run.scenario,
    config: run.config,
    position,
    length: outline?.length ?? 0,
    chapter: chapter === undefined ? null : { n: index + 1, count: outline!.chapters.length, title: chapter.title },
    step: step === null
      ? null
      : {
          thread: step.thread,
          shown,
          title: title(step.key, stepValues(run.config, step.effects), shown),
          changes: changes.map((change) => describeChange(change, layout)),
          changed: step.changed - hidden,
        },
    next: choices.map(({ thread, key }) => ({ thread, title: title(key, stepValues(run.config, [])) })),
  };
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return <p>{block.text}</p>;
    case 'list':
      return (
        <ul>
          {numbered(block.items).map(([n, item]) => <li key={n}>{item}</li>)}
        </ul>
      );
    case 'table':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it
        <div className={css.scroll} role="group" aria-label={block.caption} tabIndex={0}>
          <table>
            <caption>{block.caption}</caption>
            <thead>
              <tr>
                {block.head.map((cell) => <th key={cell} scope="col">{cell}</th>)}
              </tr>
            </thead>
            <tbody>
              {numbered(block.rows).map(([n, [first, ...rest]]) => (
                <tr key={n}>
                  <th scope="row">{first}</th>
                  {numbered(rest).map(([at, cell]) => <td key={at}>{cell}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

/** A snapshot's items never change places. */
function numbered<T>(items: readonly T[]): (readonly [number, T])[] {
  return items.map((item, n) => [n, item] as const);
}

/** Copies a text; says whether it could. */
function CopyButton({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said !== t.copied) return undefined;
    const timer = setTimeout(() => setSaid(''), COPIED_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t.copied);
    } catch {
      setSaid(t.failed);
    }
  };
  return (
    <>
      <span className={css.said} role="status">{said}</span>
      <button type="button" className="button" onClick={() => void copy()}>{t.copy}</button>
    </>
  );
}

/**
 * The whole state at the step that was shown when it was opened, as text: for screen readers, to be copied, to be printed.
 * Open for as long as it is there.
 */
export default function TextPanel({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [{ head, sections }] = useState(() => {
    const state = appStore.getState();
    const moment = momentOf(state);
    return { head: headline(moment), sections: tell(state.stage, moment) };
  });
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={css.text} aria-labelledby={title} onClose={onClose}>
      <header className={css.head}>
        <h2 id={title}>
          {t.title} <span className={css.where}>{head}</span>
        </h2>
        <div className={css.buttons}>
          <CopyButton text={plainText(head, sections)} />
          <button type="button" className="button" onClick={() => window.print()}>{t.print}</button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>{t.close}</button>
        </div>
      </header>
      {sections.map((section) => (
        <section key={section.title} aria-label={section.title}>
          <h3>{section.title}</h3>
          {numbered(section.blocks).map(([n, block]) => <BlockView key={n} block={block} />)}
        </section>
      ))}
    </dialog>
  );
}
