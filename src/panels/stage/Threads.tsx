import { memo } from 'react';
import type { NetdevView, ThreadView } from '../../store/view.ts';
import css from './lists.module.css';
import zone from './zone.module.css';

/** What each thread of one kernel is doing; the one that took the current step is marked. */
export const Threads = memo(function Threads({ threads }: { threads: readonly ThreadView[] }) {
  if (threads.length === 0) return null;
  return (
    <>
      <h4 className={zone.caption}>threads</h4>
      <ul className={css.threads}>
        {threads.map((thread) => (
          <li
            key={thread.name}
            data-hot={thread.running || undefined}
            title={`${thread.name}: ${thread.doing}`}
          >
            <span className={css.threadName}>{thread.name}</span>
            <span className={css.doing}>
              {thread.running && <span className={zone.hidden}>running: </span>}{thread.doing}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
});

const FLAGS = ['registered', 'carrier', 'up'] as const;

/** The network device a driver made, and how far it is from carrying packets. */
export const Netdev = memo(function Netdev({ netdev }: { netdev: NetdevView | null }) {
  if (netdev === null || netdev.gone) {
    return (
      <p className={`${css.netdev} ${css.none}`} data-hot={netdev?.hot || undefined}>
        {netdev === null ? 'no network device yet' : `${netdev.name} is gone`}
      </p>
    );
  }
  return (
    <p className={css.netdev} data-hot={netdev.hot || undefined} title={`network device ${netdev.name}`}>
      <span className={css.threadName}>{netdev.name}</span>
      {FLAGS.map((flag) => (
        <span key={flag} className={css.flag} data-on={netdev[flag] || undefined}>
          {netdev[flag] ? '' : <span className={zone.hidden}>not </span>}{flag}
        </span>
      ))}
    </p>
  );
});
