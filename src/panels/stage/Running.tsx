import { stageWords as w } from '../../content/stage.ts';
import type { PartyId } from '../../store/view.ts';
import { useStage } from './store.ts';
import zone from './zone.module.css';

interface RunningProps {
  party: PartyId;
  className: string | undefined;
}

/** The line that the current step ran on a thread of `party`: the first thing that each step moves. Nothing where another acted. */
export function Running({ party, className }: RunningProps) {
  const running = useStage(({ view }) => (view.running?.party === party ? view.running : null));
  if (running === null) return null;
  const { fn, line } = running;
  return (
    <span className={className} title={`${fn}: ${line}`}>
      <span className={zone.hidden}>{w.threads.running}</span><span aria-hidden="true">▸ </span>{line}
    </span>
  );
}
