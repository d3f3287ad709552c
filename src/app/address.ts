import { fill, words } from '../content/words.ts';
import { commands } from '../store/commands.ts';
import { DEFAULT_RUN } from '../store/config.ts';
import { connectEngine } from '../store/connection.ts';
import type { EngineClient } from '../store/connection.ts';
import { currentFragment } from '../store/share.ts';
import { appStore } from '../store/store.ts';

/** Browsers allow about three changes of the address a second for long, and each costs more than a step. */
const EVERY_MS = 1000;

/** Opens what the fragment asks for, or the nearest thing to it, and says why where that differs. */
export async function openFragment(fragment: string): Promise<void> {
  if (fragment === '') return commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  const { parseLink } = await loadReader();
  const link = parseLink(fragment);
  if (link.kind === 'none') return commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  const { scenarios } = appStore.getState();
  if (scenarios.length > 0 && scenarios.every(({ id }) => id !== link.run.scenario)) {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
    return commands.complain({
      command: 'link',
      reason: fill(words.app.noScenario, { scenario: link.run.scenario }),
    });
  }
  // A chapter is shown at its first step.
  const wanted = link.at.kind === 'chapter' ? { chapter: link.at.chapter, key: '', occurrence: 1 } : null;
  commands.open(link.run, link.at, wanted);
  if (link.kind === 'bad') commands.complain({ command: 'link', reason: link.problem });
}

/** Connects the engine, and opens what the address asks for. */
export function openAddress(engine: EngineClient): void {
  const { hash } = location;
  // A link may name a scenario that is not there, which is known when the engine has said which ones are.
  connectEngine(engine, () => {
    if (hash !== '') void openFragment(location.hash);
  });
  void (hash === '' ? openFragment(hash) : loadReader());
}

/** What reads links comes with the first one. */
const loadReader = () => import('../store/read-link.ts');

/** The address may have been written anew since: what the person entered is in the event. */
function onHashChange({ newURL }: HashChangeEvent): void {
  void openFragment(new URL(newURL).hash);
}

/** Keeps the address in step with the page, and the page with the address. Returns how to stop. */
export function followAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    timer = undefined;
    const fragment = currentFragment(appStore.getState());
    if (fragment !== location.hash) history.replaceState(history.state, '', fragment);
  };
  const stop = appStore.subscribe((now, before) => {
    const moved = now.position !== before.position || now.outline !== before.outline;
    if (moved && now.outline !== null) timer ??= setTimeout(write, EVERY_MS);
  });
  addEventListener('hashchange', onHashChange);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('hashchange', onHashChange);
  };
}
