import { fill, words } from '../../content/words.ts';
import { useStageView } from '../../store/stage-view.ts';
import type { XsKeyView } from '../../store/view.ts';
import css from './lenses.module.css';

const t = words.lenses;

function Directory({ title, keys }: { title: string; keys: readonly XsKeyView[] }) {
  return (
    <table className={css.keys}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.key}</th>
          <th scope="col">{t.value}</th>
          <th scope="col">{t.writer}</th>
          <th scope="col">{t.perms}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ path, name, value, writer, perms, watchers, hot }) => (
          <tr key={path} data-hot={hot} title={path}>
            <th scope="row">
              {name}
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
        ))}
      </tbody>
    </table>
  );
}

/** Both directories, key by key. */
export function XenstoreLens() {
  const {
    xenstore: { frontend, backend },
  } = useStageView();
  if (frontend.length + backend.length === 0) return <p className={css.empty}>{t.xenstoreEmpty}</p>;
  return (
    <div className={css.pair}>
      <Directory title={t.frontend} keys={frontend} />
      <Directory title={t.backend} keys={backend} />
    </div>
  );
}
