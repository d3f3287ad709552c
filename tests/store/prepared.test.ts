// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { picturesAhead } from '../../src/engine/ahead.ts';
import { createHost } from '../../src/engine/host.ts';
import type { Event, Frame } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';
import { actsView } from '../../src/store/acts.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { connectEngine, mirror } from '../../src/store/connection.ts';
import { stageView } from '../../src/store/stage/stage-view.ts';
import { appStore } from '../../src/store/store.ts';

afterEach(() => vi.unstubAllGlobals());

/** The page's store on the real engine, whose pictures ahead it takes as a page does; each picture is drawn at once. */
function openPage(): { shown: () => Frame; taken: () => number } {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw());
  appStore.setState(appStore.getInitialState(), true);
  const ahead = picturesAhead();
  const timers: (() => void)[] = [];
  let hear: (event: Event) => void = () => {};
  let last: Frame | undefined;
  let taken = 0;
  const host = createHost({
    scenarios,
    post: (event) => {
      if (event.type === 'frame') last = event.frame;
      if (event.type === 'ahead') ahead.keep(event.frame);
      hear(event);
    },
    schedule: (callback) => timers.push(callback),
  });
  connectEngine({
    mode: 'in-process',
    send: (command) => {
      const frame = ahead.take(command);
      host.handle(frame === null ? command : { ...command, ahead: frame.id } as typeof command);
      for (let next = timers.shift(); next; next = timers.shift()) next();
      if (frame === null) return;
      taken++;
      last = frame;
      hear({ type: 'frame', frame });
    },
    subscribe: (listener) => {
      hear = listener;
      return () => {};
    },
  }, () => {});
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  return { shown: () => last!, taken: () => taken };
}

/** The stage as it is made of what the page has, without a view from before. */
function anew(frame: Frame): unknown {
  const { scenarios: known, run } = appStore.getState();
  return stageView(mirror, null, frame, actsView(known, run.scenario, frame.refusals));
}

test('the view that is prepared of a picture is the one that is made of it when it is shown', () => {
  const page = openPage();
  const { length } = appStore.getState().outline!;
  while (appStore.getState().position < length) {
    commands.step('into');
    expect(appStore.getState().stage, `at ${appStore.getState().position}`).toEqual(anew(page.shown()));
  }
  // The first step is asked for: its run is still being recorded when its beginning is drawn.
  expect(page.taken()).toBe(length - 1);
});

test('a view that was prepared is not shown where another way is taken', () => {
  const page = openPage();
  for (const position of [1, 200, 199, 350, 100]) {
    commands.seek(position);
    expect(appStore.getState().stage, `at ${position}`).toEqual(anew(page.shown()));
    commands.step('into');
    commands.step('back');
    expect(appStore.getState().position).toBe(position);
    expect(appStore.getState().stage, `back at ${position}`).toEqual(anew(page.shown()));
  }
});
