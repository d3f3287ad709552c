/** Opens the run that an author names. */
import { openFragment } from '../app/address.ts';
import { commands } from '../store/commands.ts';
import { DEFAULT_RUN, sameRun } from '../store/config.ts';
import { formatLink } from '../store/permalink.ts';
import { lastOf } from '../store/range.ts';
import { appStore } from '../store/store.ts';
import type { RunSpec } from '../store/store.ts';
import type { Shown } from './shown.ts';

/** Opens the run. To be called when the engine has said which scenarios there are. */
export function show({ scenario = DEFAULT_RUN.scenario, pages, queues, step }: Shown): void {
  const { defaults = DEFAULT_RUN.config } = appStore.getState().scenarios.find(({ id }) => id === scenario) ?? {};
  const run: RunSpec = {
    scenario,
    config: { ...defaults, ...(pages !== undefined && { txPages: pages, rxPages: pages }), ...(queues !== undefined && { queues }) },
    choices: [],
  };
  if (step === 'end') goToEndOf(run);
  void openFragment(formatLink(run, step === undefined || step === 'end' ? { kind: 'position', position: 0 } : step));
}

/** How long the run is, is known once it is open. */
function goToEndOf(run: RunSpec): void {
  const stop = appStore.subscribe((now, before) => {
    if (now.outline === before.outline || now.outline === null) return;
    stop();
    if (sameRun(now.outline.run, run)) commands.seek(lastOf(now));
  });
}
