import { useMemo } from 'react';
import { furtherWords as t } from '../../content/further.ts';
import { fill } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { portPairs } from '../../store/stage/lists.ts';
import { More } from './More.tsx';
import { useGrantItems, useStage } from './store.ts';

/** Pairs of ports that show at once, and the height of one, as the style sheet has it. */
const PAIRS = 2;
const PAIR = 18;

/**
 * How much of a list of the Xen zone there is beyond what shows at once, where there is any, and what it is; leads to the
 * lens that shows all.
 */
export default function Further({ list }: { list: 'entries' | 'ports' }) {
  return list === 'entries' ? <MoreEntries /> : <MorePorts />;
}

function MoreEntries() {
  const items = useGrantItems();
  const queue = useStage((state) => state.queue);
  const rows = useStage((state) => state.layout.list.rows);
  const count = items.length - rows;
  if (count <= 0) return null;
  const what = items.some(({ kind }) => kind === 'queue') ? t.lines : t.entries;
  return <More text={fill(t.more, { count })} name={fill(what, { count, queue })} onOpen={() => commands.openLens('grants')} />;
}

function MorePorts() {
  const ports = useStage(({ view }) => view.ports);
  // Where the zone has the stage to itself, they have the height of the entries.
  const shown = useStage(({ arrangement, layout }) => (arrangement === undefined ? PAIRS : Math.floor(layout.list.height / PAIR)));
  const pairs = useMemo(() => portPairs(ports), [ports]);
  const count = pairs.length - shown;
  if (count <= 0) return null;
  return <More text={fill(t.more, { count })} name={fill(t.ports, { count })} onOpen={() => commands.openLens('events')} />;
}
