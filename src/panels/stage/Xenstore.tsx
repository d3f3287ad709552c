import { Suspense, memo, useState } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { KEY_HEIGHT } from '../../geometry/stage-zones.ts';
import { lazy } from '../../parts/lazy.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { useApp } from '../../store/store.ts';
import { askedKey, keySubject } from '../../store/subjects.ts';
import { openDirectory } from '../../store/xenstore-choice.ts';
import type { DirectoryTitle } from '../../store/xenstore-choice.ts';
import type { WriterId, XenstoreView, XsKeyView } from '../../store/view.ts';
import { useHotInView } from './keep-in-view.ts';
import { lineOf } from './model.ts';
import { More } from './More.tsx';
import { usualPerms } from '../../store/stage/lists.ts';
import { Scroll } from './Scroll.tsx';
import { useStage } from './store.ts';
import { keySentence } from '../../store/stage/words.ts';
import { Zone } from './Zone.tsx';
import css from './xenstore.module.css';
import zone from './zone.module.css';

/** Who wrote it last: a shape and a colour. */
function WriterMark({ writer }: { writer: WriterId | null }) {
  return <span className={css.mark} data-writer={writer ?? undefined} aria-hidden="true" />;
}

function Eye() {
  return (
    <svg className={css.eye} viewBox="0 0 12 10" aria-hidden="true">
      <path d="M.8 5C2.3 2.6 4 1.5 6 1.5S9.7 2.6 11.2 5C9.7 7.4 8 8.5 6 8.5S2.3 7.4.8 5Z" />
      <circle cx="6" cy="5" r="1.7" />
    </svg>
  );
}

/** It explains itself to whoever asks: that can come later. */
const PermsInWords = lazy(() => import('./Perms.tsx'));

function Perms({ perms }: { perms: string }) {
  return <Suspense fallback={perms}><PermsInWords perms={perms} /></Suspense>;
}

/** Of letters that always have room. Only what may be longer is cut off: each cut is a layer more at every step. */
const SHORT_VALUE = 8;
const SHORT_NAME = 14;

/** What both ends watch: it is in sight whatever the others have scrolled to. */
const STATE = 'state';

/** So many keys of a directory show where the zones stand one under another. */
const KEYS_STACKED = 7;

/** A key that names a ring page by its grant reference belongs to the page's line. */
function namesPage({ name }: XsKeyView): boolean {
  return /ring-ref\d*$/.test(name);
}

/** So many keys beyond those that show are drawn: others come as the list is scrolled towards them, so many at a time. */
const SPARE = 8;

interface KeyProps {
  item: XsKeyView;
  /** Its place in the list, from 0 on. */
  at: number;
  usual: string;
  /** Somebody wants to know who wrote it. */
  asked: boolean;
}

const Key = memo(function Key({ item, at, usual, asked }: KeyProps) {
  const perms = item.perms.join(',');
  const line = namesPage(item) ? lineOf.ref(Number(item.value)) : undefined;
  const sentence = keySentence(item);
  return (
    <li
      className={css.key}
      data-hot={item.hot || undefined}
      data-short={item.value.length <= SHORT_VALUE || undefined}
      data-long={item.name.length > SHORT_NAME || undefined}
      data-line={line}
      data-path={item.path}
      data-asked={asked || undefined}
      // How many there are is no business of each: with each key that is written all would be drawn anew.
      aria-setsize={-1}
      aria-posinset={at + 1}
      style={{ top: `calc(${at} * var(--row))` }}
      title={sentence}
    >
      <WriterMark writer={item.writer} />
      <span className={css.name}>{item.name}</span>
      {perms !== usual && <span className={css.perms}><Perms perms={perms} /></span>}
      <WhoWrote of={() => keySubject(item.path)} label={sentence} tabIndex={-1} className={css.value}>
        {item.value === '' ? <i aria-hidden="true" className={css.blank}>{w.keys.empty}</i> : item.value}
      </WhoWrote>
      <span className={css.watched}>{item.watchers.length > 0 && <Eye />}</span>
    </li>
  );
});

interface DirectoryProps {
  title: DirectoryTitle;
  keys: readonly XsKeyView[];
  empty: string;
  /** Keys that show without scrolling. */
  shown: number;
}

const Directory = memo(function Directory({ title, keys, empty, shown }: DirectoryProps) {
  const usual = usualPerms(keys);
  const asked = useApp(askedKey);
  const list = useHotInView<HTMLDivElement>(keys, { returns: true, asked });
  const more = keys.length - shown;
  const state = keys.find(({ name }) => name === STATE);
  const others = keys.filter((key) => key !== state);
  const [top, setTop] = useState(0);
  const hot = others.filter((key) => key.hot);
  // What the list may scroll to for a step is drawn wherever it is; so are both ends, for the Home and End keys.
  const seen = [
    others[0], others[top], others.at(-1), others.find(namesPage), others.find(({ path }) => path === asked), hot[0],
    hot.find(namesPage),
  ].map((key) => others.indexOf(key!));
  const isDrawn = (at: number): boolean => seen.some((place) => Math.abs(at - place) <= shown + SPARE);
  const draw = (item: XsKeyView, at: number) => <Key key={item.path} item={item} at={at} usual={usual} asked={item.path === asked} />;
  return (
    <div className={css.directory}>
      <div className={`${css.title} ${zone.caption}`}>
        <h4 className={css.path}>{title}</h4>
        {more > 0 && (
          <More
            text={fill(w.keys.more, { count: more })}
            name={fill(w.keys.moreOf, { count: more, path: title })}
            onOpen={() => openDirectory(title)}
          />
        )}
        {usual !== '' && <span className={css.usual}><Perms perms={usual} /></span>}
      </div>
      {keys.length === 0
        ? <p className={`${css.none} ${zone.empty}`}>{empty}</p>
        : (
          <>
            {state && <ul className={`${css.state} ${zone.scroll}`}>{draw(state, 0)}</ul>}
            <Scroll
              ref={list}
              className={css.keys}
              label={fill(w.keys.list, { path: title })}
              onScroll={({ currentTarget: { scrollTop, scrollHeight } }) =>
                setTop(Math.floor(scrollTop * others.length / scrollHeight / SPARE) * SPARE)}
            >
              <ul style={{ height: `calc(${others.length} * var(--row))` }}>
                {others.map((key, at) => isDrawn(at) && draw(key, at))}
              </ul>
            </Scroll>
          </>
        )}
    </div>
  );
});

/** What is written and not yet to be seen by others. */
function Pending({ who, count, hot }: NonNullable<XenstoreView['pending']>) {
  return <span className={css.pending} data-hot={hot || undefined}>{fill(w.keys.pending, { who: w.party[who], count })}</span>;
}

const WRITERS = ['domU', 'dom0', 'toolstack', 'script'] as const;

/** The two directories through which the ends find each other, with who wrote each key and who watches it. */
export function Xenstore() {
  const frontend = useStage((state) => state.view.xenstore.frontend);
  const backend = useStage((state) => state.view.xenstore.backend);
  const frontGone = useStage((state) => state.view.frontend.track.gone);
  const backGone = useStage((state) => state.view.backend.track.gone);
  const pending = useStage((state) => state.view.xenstore.pending);
  const shown = useStage((state) => (state.stacked ? KEYS_STACKED : state.layout.keys));
  const style = { '--keys': shown, '--key': `${KEY_HEIGHT}px` } as CSSProperties;
  return (
    <Zone zone="xenstore" party="xenstored" title={w.zones.xenstore} aside={pending === null ? w.zones.store : <Pending {...pending} />}>
      <div className={css.directories} style={style}>
        <Directory title="device/vif/0" keys={frontend} empty={w.empty[frontGone ? 'keysBefore' : 'keysNever']} shown={shown} />
        <Directory title="backend/vif/5/0" keys={backend} empty={w.empty[backGone ? 'keysBefore' : 'keysNever']} shown={shown} />
      </div>
      <p className={css.legend}>
        {w.keys.legend}
        {WRITERS.map((party) => (
          <span key={party} className={css.writer} title={party === 'script' ? w.keys.script : undefined}><WriterMark writer={party} /> {w.short[party]}</span>
        ))}
        <span className={css.apart}><Eye /> {w.keys.watched}</span>
      </p>
    </Zone>
  );
}
