import type { RunSpec } from '../engine/protocol.ts';
import { Run } from '../engine/run.ts';
import type { Scenario } from '../sim/index.ts';

/** The run that the spec makes, recorded to its end, or why one of its choices cannot be followed. */
export function recorded(scenario: Scenario, spec: RunSpec): { run: Run } | { problem: string } {
  const run = new Run(scenario, spec);
  const reason = run.record(Infinity);
  return reason === null ? { run } : { problem: reason.replace(/; the run goes on .*$/, '') };
}
