import { Fragment, useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { words } from '../../../content/words.ts';
import { ScrollEdge } from '../../../parts/ScrollEdge.tsx';
import css from './table.module.css';

interface Props {
  /** What chooses what is shown. */
  tools: ReactNode;
  /** Numbers that say how things are; with `about` they make room for what somebody points at. */
  facts?: ReactNode;
  /** Told while nobody points at anything that has something to tell. */
  about: string;
  children: ReactNode;
  /** More about what was chosen, beside or below; null while nothing is. */
  aside?: ReactNode | null;
}

/** What something tells of itself, when it is pointed at or has the focus. */
function hintOf(target: EventTarget): string | null {
  const element = target instanceof Element ? target : null;
  const active = element?.getAttribute('aria-activedescendant') ?? '';
  const within = active === '' ? element : document.getElementById(active);
  return within?.closest<HTMLElement>('[data-hint]')?.dataset['hint'] ?? null;
}

/** A text in which paths may be broken after each slash, and nowhere within a name. */
function Breakable({ text }: { text: string }) {
  // Each part belongs to its place in the text.
  // oxlint-disable-next-line react/no-array-index-key
  return text.split('/').map((part, i) => <Fragment key={i}>{i > 0 && <>/<wbr /></>}{part}</Fragment>);
}

/** A lens: tools at the side or above, what they show, and a line that explains what somebody points at. */
export function LensFrame({ tools, facts, about, children, aside = null }: Props) {
  const [hint, setHint] = useState<string | null>(null);
  const point = (event: SyntheticEvent): void => setHint(hintOf(event.target));
  return (
    <div className={css.frame}>
      <div role="presentation" className={css.lens} data-aside={aside !== null || undefined} onPointerOver={point}
        onPointerLeave={() => setHint(null)} onFocus={point} onKeyUp={point} onBlur={() => setHint(null)}>
        {/* On a low page it scrolls, and then it must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className={css.side} role="group" aria-label={tableWords.tools} data-scrolls tabIndex={0}>
          <div className={css.tools}>{tools}</div>
          {hint === null && facts}
          <p className={css.hint}><Breakable text={hint ?? about} /></p>
          <ScrollEdge edge="below" says={words.lenses.below} />
        </div>
        <div className={css.main}>{children}</div>
        {aside}
      </div>
    </div>
  );
}
