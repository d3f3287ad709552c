import { memo, useMemo } from 'react';
import type { PortView } from '../../store/view.ts';
import { useHotInView } from './keep-in-view.ts';
import { portPairs } from './model.ts';
import type { PortPair } from './model.ts';
import css from './ports.module.css';
import { Scroll } from './Scroll.tsx';
import { portSentence } from './words.ts';
import zone from './zone.module.css';

function Port({ port, side }: { port: PortView; side: 'left' | 'right' }) {
  return (
    <span className={css.port} data-side={side} data-hot={port.hot || undefined}
      title={`domain ${port.dom} port ${port.port}: ${port.state}, ${portSentence(port)}`}>
      <span className={css.end}>{port.dom === 0 ? 'dom0' : 'domU'}</span>
      <span className={css.number}><span className={zone.hidden}>port </span>{port.port}</span>
      <span className={css.lamp} data-kind="pending" data-on={port.pending || undefined} aria-hidden="true" />
      <span className={css.lamp} data-kind="masked" data-on={port.masked || undefined} aria-hidden="true" />
      <span className={zone.hidden}>{portSentence(port)}</span>
    </span>
  );
}

const Pair = memo(function Pair({ pair }: { pair: PortPair }) {
  const bound = pair.front !== null && pair.back !== null;
  return (
    <li className={css.pair}>
      <span className={css.purpose}>{pair.purpose}</span>
      {pair.front === null ? <span className={css.absent}>–</span> : <Port port={pair.front} side="left" />}
      <span className={css.link} data-bound={bound || undefined}>
        <span className={css.state}>{bound ? 'bound' : 'unbound'}</span>
      </span>
      {pair.back === null
        ? <span className={css.absent}>for {pair.front?.remoteDom === 0 ? 'dom0' : 'domU'}</span>
        : <Port port={pair.back} side="right" />}
    </li>
  );
});

/** Event channels as pairs of ports: the guest's, and the one of dom0 it is bound to. */
export const Ports = memo(function Ports({ ports, before }: { ports: readonly PortView[]; before: boolean }) {
  const pairs = useMemo(() => portPairs(ports), [ports]);
  const list = useHotInView<HTMLDivElement>(ports);
  return (
    <div className={css.ports}>
      <h4 className={`${css.head} ${zone.caption}`}>
        <span>event channels: a port at each end</span>
        <span className={css.key}>
          <span className={css.lamp} data-kind="pending" data-on />pending
          <span className={css.lamp} data-kind="masked" data-on />masked
        </span>
      </h4>
      {pairs.length === 0
        ? (
          <p className={zone.empty}>
            {before
              ? 'No port any more: both ends have closed theirs.'
              : 'No port yet. netfront allocates one a ring, dom0 binds to it later.'}
          </p>
        )
        : (
          <Scroll ref={list} className={css.list} label="Event channels">
            <ul>{pairs.map((pair) => <Pair key={pair.key} pair={pair} />)}</ul>
          </Scroll>
        )}
    </div>
  );
});
