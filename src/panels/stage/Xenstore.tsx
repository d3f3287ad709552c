import { memo, useMemo } from 'react';
import type { PartyId, XsKeyView } from '../../store/view.ts';
import { useHotInView } from './keep-in-view.ts';
import { usualPerms } from './model.ts';
import { Scroll } from './Scroll.tsx';
import { useStage } from './store.ts';
import { PARTY_NAMES, permsSentence } from './words.ts';
import { Zone } from './Zone.tsx';
import css from './xenstore.module.css';
import zone from './zone.module.css';

const MARKS: Readonly<Record<PartyId, string>> = {
  domU: 'M5 1a4 4 0 1 0 0 8a4 4 0 0 0 0-8Z',
  dom0: 'M1.5 1.5h7v7h-7Z',
  toolstack: 'M5 1 9 8.5H1Z',
  xen: 'M5 .5 9.5 5 5 9.5 .5 5Z',
  xenstored: 'M1 3.5h8v3H1Z',
};

/** Who wrote it last: a shape and a colour. */
function WriterMark({ writer }: { writer: PartyId | null }) {
  return (
    <svg className={css.mark} viewBox="0 0 10 10" data-writer={writer ?? undefined} aria-hidden="true">
      {writer !== null && <path d={MARKS[writer]} />}
    </svg>
  );
}

function Eye() {
  return (
    <svg className={css.eye} viewBox="0 0 12 10" aria-hidden="true">
      <path d="M.8 5C2.3 2.6 4 1.5 6 1.5S9.7 2.6 11.2 5C9.7 7.4 8 8.5 6 8.5S2.3 7.4.8 5Z" />
      <circle cx="6" cy="5" r="1.7" />
    </svg>
  );
}

function names(parties: readonly PartyId[]): string {
  return parties.map((party) => PARTY_NAMES[party]).join(' and ');
}

function keySentence(key: XsKeyView): string {
  const parts = [`${key.path} = "${key.value}"`];
  if (key.writer !== null) parts.push(`written by ${PARTY_NAMES[key.writer]}`);
  if (key.watchers.length > 0) parts.push(`watched by ${names(key.watchers)}`);
  parts.push(permsSentence(key.perms));
  return parts.join('; ');
}

const Key = memo(function Key({ item, usual }: { item: XsKeyView; usual: string }) {
  const perms = item.perms.join(',');
  return (
    <li
      className={css.key}
      data-hot={item.hot || undefined}
      data-short={item.value.length <= 8 || undefined}
      title={keySentence(item)}
    >
      <WriterMark writer={item.writer} />
      <span className={css.name}>{item.name}</span>
      {perms !== usual && <span className={css.perms}>{perms}</span>}
      <span className={css.value}>
        {item.value === '' ? <i className={css.blank}>empty</i> : item.value}
      </span>
      <span className={css.watched}>{item.watchers.length > 0 && <Eye />}</span>
      <span className={zone.hidden}>
        {item.writer === null ? '' : ` written by ${PARTY_NAMES[item.writer]}`}
        {item.watchers.length === 0 ? '' : `, watched by ${names(item.watchers)}`}
      </span>
    </li>
  );
});

/** Keys that show without scrolling. */
const SHOWN = 6;

interface DirectoryProps {
  title: string;
  keys: readonly XsKeyView[];
  empty: string;
}

const Directory = memo(function Directory({ title, keys, empty }: DirectoryProps) {
  const usual = useMemo(() => usualPerms(keys), [keys]);
  const list = useHotInView<HTMLDivElement>(keys);
  return (
    <div className={css.directory}>
      <h4 className={`${css.title} ${zone.caption}`}>
        <span className={css.path}>{title}</span>
        {keys.length > SHOWN && <span className={css.more}>{keys.length - SHOWN} more</span>}
        {usual !== '' && <span className={css.usual} title={permsSentence(usual.split(','))}>{usual}</span>}
      </h4>
      {keys.length === 0
        ? <p className={zone.empty}>{empty}</p>
        : (
          <Scroll ref={list} className={css.keys} label={`Keys of ${title}`}>
            <ul>{keys.map((key) => <Key key={key.path} item={key} usual={usual} />)}</ul>
          </Scroll>
        )}
    </div>
  );
});

const NOT_YET = 'Not there yet: the toolstack makes it.';
const REMOVED = 'Removed.';

/** The two directories through which the ends find each other, with who wrote each key and who watches it. */
export function Xenstore() {
  const frontend = useStage((state) => state.view.xenstore.frontend);
  const backend = useStage((state) => state.view.xenstore.backend);
  const frontGone = useStage((state) => state.view.frontend.track.gone);
  const backGone = useStage((state) => state.view.backend.track.gone);
  return (
    <Zone party="xenstored" title="xenstore" aside="numbers and names, never pages">
      <div className={css.directories}>
        <Directory title="device/vif/0" keys={frontend} empty={frontGone ? REMOVED : NOT_YET} />
        <Directory title="backend/vif/5/0" keys={backend} empty={backGone ? REMOVED : NOT_YET} />
      </div>
      <p className={css.legend}>
        last written by <WriterMark writer="domU" /> domU <WriterMark writer="dom0" /> dom0{' '}
        <WriterMark writer="toolstack" /> toolstack <span className={css.apart}><Eye /> watched</span>
      </p>
    </Zone>
  );
}
