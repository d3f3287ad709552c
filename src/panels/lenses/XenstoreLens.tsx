import { useEffect, useMemo, useRef, useState } from 'react';
import { tableWords } from '../../content/tables.ts';
import { fill } from '../../content/words.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { afterLayout } from '../../store/after-layout.ts';
import { useSettled } from '../../store/settled.ts';
import { BACK_DIR, FRONT_DIR } from '../../store/stage/slots.ts';
import { useNowOf } from '../../store/use-now.ts';
import { useXenstoreChoice, xenstoreChoice } from '../../store/xenstore-choice.ts';
import { LensFrame } from './table/LensFrame.tsx';
import table from './table/table.module.css';
import { Search } from './table/tools.tsx';
import { Details } from './xenstore/Details.tsx';
import { Directory } from './xenstore/Directory.tsx';
import { Tree } from './xenstore/Tree.tsx';
import { matches, nodesReader, treeRows, watchesOf } from './xenstore/tree.ts';
import css from './xenstore/xenstore.module.css';

const t = tableWords.xenstore;

const VIEWS = ['directories', 'tree'] as const;

/** What is beside the matter begins closed. */
const CLOSED: ReadonlySet<string> = new Set(['/tool', '/libxl']);

/** Brings the directory that somebody asked for into sight, and the keyboard to it. @returns what holds the directories */
function useDirectoryAsked() {
  const pair = useRef<HTMLDivElement>(null);
  const asked = useXenstoreChoice((choice) => choice.asked);
  useEffect(() => {
    if (asked === null) return undefined;
    return afterLayout(() => {
      pair.current?.querySelector<HTMLElement>(`[role=grid][aria-label='${asked}']`)?.focus();
      xenstoreChoice.setState({ asked: null });
    });
  }, [asked]);
  return pair;
}

/** xenstore: both directories of the device key by key, or all of it as a tree; and everything about a key that is chosen. */
export function XenstoreLens() {
  const now = useNowOf('xs:');
  const frontGone = useSettled(({ stage }) => stage.frontend.track.gone);
  const backGone = useSettled(({ stage }) => stage.backend.track.gone);
  const view = useXenstoreChoice((choice) => choice.view);
  const text = useXenstoreChoice((choice) => choice.text);
  const pair = useDirectoryAsked();
  const [closed, setClosed] = useState(CLOSED);
  const [chosen, setChosen] = useState<string | null>(null);
  const watches = useMemo(() => watchesOf(now), [now]);
  const [nodesAt] = useState(nodesReader);
  const nodes = useMemo(() => nodesAt(now, watches), [now, watches, nodesAt]);
  const rows = useMemo(() => (view === 'tree' ? treeRows(nodes, closed, text) : []), [view, nodes, closed, text]);
  const words = text.trim().toLowerCase();
  const keys = useMemo(() => {
    const below = (top: string) => nodes.filter((node) =>
      node.path.startsWith(`${top}/`) && node.children.length === 0 && matches(node, words));
    return { front: below(FRONT_DIR), back: below(BACK_DIR) };
  }, [nodes, words]);
  const found = view === 'tree' ? rows.filter(({ aside }) => !aside).length : keys.front.length + keys.back.length;
  const nothing = words !== '' && found === 0 ? fill(t.nothing, { text: text.trim() }) : null;
  const none = keys.front.length + keys.back.length === 0 && words === '';
  const count = words === '' ? '' : fill(t.found, { count: found });
  // The same for every step: fields drawn anew are set anew.
  const tools = useMemo(() => (
    <>
      <Segmented label={t.view} values={VIEWS} value={view} nameOf={(one) => t[one]}
        onPick={(to) => xenstoreChoice.setState({ view: to })} />
      <Search name={t.search} placeholder={t.placeholder} value={text}
        onChange={(to) => xenstoreChoice.setState({ text: to })} found={count} />
    </>
  ), [view, text, count]);
  const onOpen = (path: string, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(path);
    else next.add(path);
    setClosed(next);
  };
  const aside = chosen === null ? null : (
    <Details key={chosen} path={chosen} node={nodes.find(({ path }) => path === chosen) ?? null} watches={watches}
      onClose={() => setChosen(null)} />
  );
  const within = (top: string): boolean => chosen?.startsWith(`${top}/`) === true;
  const of = within(FRONT_DIR) ? 'front' : within(BACK_DIR) ? 'back' : undefined;
  const shared = { chosen, onChoose: setChosen, moment: now.step };
  return (
    <LensFrame tools={tools} about={t.about} aside={aside}>
      {nothing !== null && <p className={table.empty}>{nothing}</p>}
      {nothing === null && view === 'tree' && <Tree rows={rows} onOpen={onOpen} {...shared} />}
      {nothing === null && view === 'directories' && (none
        ? <p className={table.empty}>{frontGone || backGone ? t.gone : t.empty}</p>
        : (
          <div className={css.pair} ref={pair} data-of={of}>
            <Directory title="device/vif/0" top={FRONT_DIR} keys={keys.front} {...shared}
              empty={words !== '' ? fill(t.nothing, { text: text.trim() }) : frontGone ? t.removed : t.notYet} />
            <Directory title="backend/vif/5/0" top={BACK_DIR} keys={keys.back} {...shared}
              empty={words !== '' ? fill(t.nothing, { text: text.trim() }) : backGone ? t.removed : t.notYet} />
          </div>
        ))}
    </LensFrame>
  );
}
