import { memo, useState } from 'react';
import { compareWords as t } from '../../content/compare.ts';
import { fill } from '../../content/words.ts';
import type { Layout } from '../../parts/frame-names.ts';
import { subjectOf } from '../../parts/subject-of.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import css from './compare.module.css';
import { lineOfWord } from './model.ts';
import type { Fold, Group, Line } from './model.ts';

/** So many rows of a group or a fold at first, and so many more each time. */
const FIRST = 40;
const MORE = 200;
/** A group with more rows begins closed. */
const OPEN = 24;

const Row = memo(function Row({ line: { change, said }, layout }: { line: Line; layout: Layout }) {
  return (
    <li className={css.row}>
      <WhoWrote of={() => subjectOf(change, layout)} className={css.what} label={said.what}>
        {said.what}
      </WhoWrote>
      <span className={css.values}>
        {said.before} <span aria-label={t.becomes}>→</span> {said.after}
      </span>
    </li>
  );
});

/** The next rows of a long list, when somebody wants them. */
function MoreButton({ left, onMore }: { left: number; onMore: () => void }) {
  return (
    <li>
      <button type="button" className={`button ${css.more}`} onClick={onMore}>
        {fill(t.more, { count: Math.min(MORE, left) })}
      </button>
    </li>
  );
}

/** Many words of one stretch of memory, opened on demand. */
function FoldView({ fold: { label, words }, layout, searched }: { fold: Fold; layout: Layout; searched: boolean }) {
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState(FIRST);
  const few = searched && words.length <= OPEN;
  const open = opened || few;
  return (
    <li>
      <button type="button" className={css.unfold} aria-expanded={open} onClick={() => setOpened(!opened)}>
        <span className={css.count}>{fill(t.words, { count: words.length.toLocaleString('en') })}</span> {label}
      </button>
      {open && (
        <ul className={css.rows}>
          {words.slice(0, shown).map((change) => (
            <Row key={`${change.frame} ${change.offset}`} line={lineOfWord(change, layout)} layout={layout} />
          ))}
          {words.length > shown && (
            <MoreButton left={words.length - shown} onMore={() => setShown(shown + MORE)} />
          )}
        </ul>
      )}
    </li>
  );
}

interface Props {
  group: Group;
  layout: Layout;
  /** Only what somebody looked for is left: it is worth seeing at once. */
  searched: boolean;
}

/** The differences of one place. */
export function GroupView({ group: { place, items, count }, layout, searched }: Props) {
  const [toggled, setToggled] = useState<boolean | null>(null);
  const [shown, setShown] = useState(FIRST);
  const open = toggled ?? (searched || items.length <= OPEN);
  return (
    <section className={css.group}>
      <h3>
        <button type="button" className={css.place} aria-expanded={open} onClick={() => setToggled(!open)}>
          {t.places[place]} <span className={css.count}>{count.toLocaleString('en')}</span>
        </button>
      </h3>
      {open && (
        <ul className={css.rows}>
          {items.slice(0, shown).map((item) =>
            item.kind === 'line' ? (
              <Row key={item.key} line={item} layout={layout} />
            ) : (
              <FoldView key={item.key} fold={item} layout={layout} searched={searched} />
            ),
          )}
          {items.length > shown && (
            <MoreButton left={items.length - shown} onMore={() => setShown(shown + MORE)} />
          )}
        </ul>
      )}
    </section>
  );
}
