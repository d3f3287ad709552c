import { memo, useEffect, useRef } from 'react';
import { fill, words } from '../../content/words.ts';
import { afterPaint } from '../../store/after-paint.ts';
import { useApp } from '../../store/store.ts';
import type { XsKeyView } from '../../store/view.ts';
import css from './lenses.module.css';

const t = words.lenses;

interface DirectoryProps {
  title: string;
  path: string;
  keys: readonly XsKeyView[];
}

/** Most keys stay as they are in a step: only those that changed are rendered again. */
const Key = memo(function Key({ item }: { item: XsKeyView }) {
  const { path, name, value, writer, perms, watchers, hot } = item;
  return (
    <tr data-hot={hot} title={path}>
      <th scope="row">
        {name}
        {watchers.length > 0 && ' '}
        {watchers.length > 0 && (
          <span className={css.watched}>
            {fill(t.watched, { who: watchers.map((who) => words.party[who]).join(', ') })}
          </span>
        )}
      </th>
      <td>{value}</td>
      <td data-party={writer}>{writer === null ? '' : words.party[writer]}</td>
      <td>{perms.join(' ')}</td>
    </tr>
  );
});

const Directory = memo(function Directory({ title, path, keys }: DirectoryProps) {
  return (
    <table className={css.keys}>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">
              {path}
              <span className={css.total}>{fill(t.keys, { count: keys.length })}</span>
            </th>
          <th scope="col">{t.value}</th>
          <th scope="col">{t.writer}</th>
          <th scope="col">{t.perms}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => <Key key={key.path} item={key} />)}
      </tbody>
    </table>
  );
});

/** Both directories, key by key. The key that the step changed is brought into view. */
export function XenstoreLens() {
  const { frontend, backend } = useApp(({ stage }) => stage.xenstore);
  const front = useApp(({ stage }) => stage.frontend.track.gone);
  const back = useApp(({ stage }) => stage.backend.track.gone);
  const pair = useRef<HTMLDivElement>(null);
  useEffect(() => afterPaint(() => {
    const hot = pair.current?.querySelector<HTMLElement>('tbody [data-hot=true]');
    const box = pair.current?.closest('[data-scrolls]');
    if (hot === null || hot === undefined || box === null || box === undefined) return;
    const head = hot.closest('table')?.tHead?.offsetHeight ?? 0;
    const top = hot.getBoundingClientRect().top - box.getBoundingClientRect().top;
    // Only the lens scrolls: the page must not jump.
    if (top < head || top + hot.offsetHeight > box.clientHeight) {
      box.scrollTop += top - (box.clientHeight - hot.offsetHeight) / 2;
    }
  }));
  if (frontend.length + backend.length === 0) {
    return <p className={css.empty}>{front || back ? t.xenstoreGone : t.xenstoreEmpty}</p>;
  }
  return (
    <div className={css.pair} ref={pair}>
      <Directory title={t.frontend} path="device/vif/0" keys={frontend} />
      <Directory title={t.backend} path="backend/vif/5/0" keys={backend} />
    </div>
  );
}
