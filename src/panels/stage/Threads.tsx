import { memo } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { NetdevView, ThreadView } from '../../store/view.ts';
import css from './lists.module.css';
import { netdevSubject } from './subjects.ts';
import zone from './zone.module.css';

/** What each thread of one kernel is doing; the one that took the current step is marked. */
export const Threads = memo(function Threads({ threads }: { threads: readonly ThreadView[] }) {
  if (threads.length === 0) return null;
  return (
    <>
      <h4 className={zone.caption} data-block>{w.threads.title}</h4>
      <ul className={css.threads}>
        {threads.map((thread) => (
          <li
            key={thread.name}
            data-block
            data-elsewhere
            data-hot={thread.running || undefined}
            title={`${thread.name}: ${thread.doing}`}
          >
            <span className={css.threadName}>{thread.name}</span>
            <span className={css.doing}>
              {thread.running && <span className={zone.hidden}>{w.threads.running}</span>}{thread.doing}
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
      <p className={`${css.netdev} ${css.none}`} data-block data-hot={netdev?.hot || undefined}>
        {netdev === null ? w.netdev.none : fill(w.netdev.gone, { name: netdev.name })}
      </p>
    );
  }
  return (
    <p className={css.netdev} data-block data-hot={netdev.hot || undefined} title={fill(w.netdev.title, { name: netdev.name })}>
      <span className={css.threadName}>{netdev.name}</span>
      {FLAGS.map((flag) => (
        <WhoWrote key={flag} of={() => netdevSubject(netdev, flag)} tabIndex={-1}>
          <span className={css.flag} data-on={netdev[flag] || undefined}>
            {netdev[flag] ? '' : <span className={zone.hidden}>{w.netdev.not}</span>}{w.netdev[flag]}
          </span>
        </WhoWrote>
      ))}
    </p>
  );
});
