import { memo, useMemo } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { PortView } from '../../store/view.ts';
import { useHotInView } from './keep-in-view.ts';
import { portPairs } from '../../store/stage/lists.ts';
import type { PortPair } from '../../store/stage/lists.ts';
import { MoreOf } from './MoreOf.tsx';
import css from './ports.module.css';
import { Scroll } from './Scroll.tsx';
import { portBitName, portBitSubject, portName, portSubject } from './subjects.ts';
import { portSentence } from '../../store/stage/words.ts';
import zone from './zone.module.css';

const BITS = ['pending', 'masked'] as const;
const NOT = { pending: w.ports.notPending, masked: w.ports.notMasked } as const;

function Port({ port, side }: { port: PortView; side: 'left' | 'right' }) {
  const { dom, state } = port;
  const name = dom === 0 ? w.short.dom0 : w.short.domU;
  return (
    <span className={css.port} data-side={side} data-hot={port.hot || undefined} data-port={`${dom}:${port.port}`}
      title={fill(w.ports.how, { dom, port: port.port, state, lamps: portSentence(port) })}>
      <span className={css.end}>{name}</span>
      <WhoWrote of={() => portSubject(port)} label={portName(port)} tabIndex={-1} className={css.number}>
        {port.port}
      </WhoWrote>
      {BITS.map((bit) => (
        <WhoWrote
          key={bit}
          of={() => portBitSubject(port, bit)}
          label={fill(w.ports.is, { what: portBitName(port, bit), state: port[bit] ? w.ports[bit] : NOT[bit] })}
          tabIndex={-1}
          className={css.press}
        >
          <span className={css.lamp} data-kind={bit} data-on={port[bit] || undefined} aria-hidden="true" />
        </WhoWrote>
      ))}
    </span>
  );
}

const Pair = memo(function Pair({ pair }: { pair: PortPair }) {
  const bound = pair.front !== null && pair.back !== null;
  const state = bound ? w.ports.bound : w.ports.unbound;
  const port = pair.front ?? pair.back;
  const peer = pair.front?.remoteDom === 0 ? w.short.dom0 : w.short.domU;
  return (
    <li className={css.pair}>
      <span className={css.purpose}>{pair.purpose}</span>
      {pair.front === null ? <span className={css.absent}>{w.ports.none}</span> : <Port port={pair.front} side="left" />}
      <span className={css.link} data-bound={bound || undefined}>
        {port === null ? state : (
          <WhoWrote
            of={() => portSubject(port)}
            label={fill(w.ports.is, { what: portName(port), state })}
            tabIndex={-1}
            className={css.state}
          >
            {state}
          </WhoWrote>
        )}
      </span>
      {pair.back === null
        ? <span className={css.absent}>{fill(w.ports.for, { dom: peer })}</span>
        : <Port port={pair.back} side="right" />}
    </li>
  );
});

/** Event channels as pairs of ports: the guest's, and the one of dom0 it is bound to. */
export const Ports = memo(function Ports({ ports, none }: { ports: readonly PortView[]; none: string }) {
  const pairs = useMemo(() => portPairs(ports), [ports]);
  const list = useHotInView<HTMLDivElement>(ports, { returns: true });
  return (
    <div className={css.ports}>
      <h4 className={`${css.head} ${zone.caption}`}>
        <span className={css.title}>{w.ports.title}</span>
        <span className={css.further}><MoreOf list="ports" /></span>
        <span className={css.key}>
          <span className={css.lamp} data-kind="pending" data-on />{w.ports.pending}
          <span className={css.lamp} data-kind="masked" data-on />{w.ports.masked}
        </span>
      </h4>
      {pairs.length === 0
        ? <p className={zone.empty}>{none}</p>
        : (
          <Scroll ref={list} className={css.list} label={w.ports.list}>
            <ul>{pairs.map((pair) => <Pair key={pair.key} pair={pair} />)}</ul>
          </Scroll>
        )}
    </div>
  );
});
