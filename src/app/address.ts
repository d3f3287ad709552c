import { fill, words } from '../content/words.ts';
import { commands } from '../store/commands.ts';
import { DEFAULT_RUN } from '../store/config.ts';
import { connectEngine } from '../store/connection.ts';
import type { EngineClient } from '../store/connection.ts';
import { afterLayout } from '../store/after-layout.ts';
import { currentFragment } from '../store/share.ts';
import { appStore } from '../store/store.ts';

/** Browsers allow about three changes of the address a second for long, and each costs more than a step. */
const EVERY_MS = 1000;

function complain(reason: string): void {
  commands.complain({ command: 'link', reason });
}

/**
 * Opens what the fragment asks for. Where it cannot be followed it says why: what is on screen stays, and a page that has
 * nothing yet opens the nearest thing to it.
 */
export async function openFragment(fragment: string): Promise<void> {
  if (fragment === '') return commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  const { parseLink } = await loadReader();
  const link = parseLink(fragment);
  if (link.kind === 'none') return commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  const { scenarios, outline } = appStore.getState();
  if (scenarios.length > 0 && scenarios.every(({ id }) => id !== link.run.scenario)) {
    const { scenario } = link.run;
    if (outline !== null) return complain(fill(words.app.linkStays, { why: fill(words.app.unknownScenario, { scenario }) }));
    commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
    return complain(fill(words.app.noScenario, { scenario }));
  }
  if (link.kind === 'bad' && outline !== null) return complain(fill(words.app.linkStays, { why: link.why }));
  // A chapter is shown at its first step.
  const wanted = link.at.kind === 'chapter' ? { chapter: link.at.chapter, key: '', occurrence: 1 } : null;
  if (link.kind === 'bad') {
    commands.open(link.run, link.at, wanted);
    return complain(link.problem);
  }
  commands.open(link.run, link.at, wanted, link.state);
  if (link.lens !== null) commands.openLens(link.lens);
}

/**
 * Connects the engine, and opens what the fragment asks for, which may be another one by the time that the engine is ready.
 * Without a fragment there is nothing to do if the engine is opening the usual run already.
 */
export function openAddress(engine: EngineClient, fragment: () => string, opening = false): void {
  const first = fragment();
  // A link may name a scenario that is not there, which is known when the engine has said which ones are.
  connectEngine(engine, () => {
    if (first !== '') void openFragment(fragment());
  });
  if (first !== '') void loadReader();
  else if (!opening) void openFragment(first);
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
  let callOff: (() => void) | undefined;
  const write = (): void => {
    timer = undefined;
    const fragment = currentFragment(appStore.getState());
    if (fragment !== location.hash) history.replaceState(history.state, '', fragment);
  };
  const afterPaint = (): void => {
    timer = setTimeout(write);
  };
  const stop = appStore.subscribe((now, before) => {
    const moved = now.position !== before.position || now.outline !== before.outline;
    // Once a picture is painted: before, it would have the picture wait, or the browser lay out what a step is just changing.
    if (moved && now.outline !== null) timer ??= setTimeout(() => (callOff = afterLayout(afterPaint)), EVERY_MS);
  });
  addEventListener('hashchange', onHashChange);
  return () => {
    stop();
    clearTimeout(timer);
    callOff?.();
    removeEventListener('hashchange', onHashChange);
  };
}
