// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { connectEngine } from '../../src/store/connection.ts';
import { currentAddress } from '../../src/store/share.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { appStore } from '../../src/store/store.ts';
import type { fakeEngine } from '../harness/fake-engine.ts';
import { fakeEngine as makeEngine } from '../harness/fake-engine.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof fakeEngine>;
const state = () => appStore.getState();
const beginning = { kind: 'position', position: 0 } as const;

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, beginning);
  sentTo(engine);
});

describe('a frame', () => {
  it('is shown at once and acknowledged when it has been drawn', () => {
    const frames: FrameRequestCallback[] = [];
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
    commands.seek(20);
    expect(state()).toMatchObject({ position: 20, step: { n: 19 } });
    expect(engine.sent.some((text) => text.includes('ack'))).toBe(false);
    frames.forEach((callback) => callback(0));
    expect(engine.sent.at(-1)).toBe('{"type":"ack","frame":2}');
    vi.unstubAllGlobals();
  });
});

describe('a moved slider', () => {
  it('opens the run anew and comes back to the same step of the same chapter', () => {
    commands.seek(207);
    const { key } = state().step!;
    commands.configure({ txPages: 16, rxPages: 16 });
    expect(sentTo(engine)).toMatchObject([
      { type: 'seek', to: 207 },
      {
        type: 'open',
        run: { config: { txPages: 16, rxPages: 16, queues: 1 } },
        at: { kind: 'chapter', chapter: 'map' },
      },
      { type: 'seek', to: 207 },
    ]);
    expect(state()).toMatchObject({
      position: 207,
      step: { key },
      wanted: null,
      run: { config: { txPages: 16 } },
    });
  });

  it('several times before the first run is open loses neither a move nor the place', () => {
    commands.seek(207);
    const { key } = state().step!;
    engine.pauseFrames();
    for (let queues = 2; queues <= 8; queues++) commands.configure({ queues });
    engine.resumeFrames();
    expect(state()).toMatchObject({
      run: { config: { queues: 8 } },
      step: { key },
      position: 207,
      wanted: null,
      goal: null,
    });
  });

  it('while it plays plays on in the new run, from the same step', () => {
    commands.seek(207);
    const { key } = state().step!;
    commands.setSpeed(4);
    commands.play();
    commands.configure({ txPages: 16, rxPages: 16 });
    expect(state()).toMatchObject({ playing: true, position: 207, step: { key }, run: { config: { txPages: 16 } } });
    expect(sentTo(engine).at(-1)).toEqual({ type: 'play', stepsPerSecond: 8 });
    commands.pause();
    commands.configure({ txPages: 4, rxPages: 4 });
    expect(state()).toMatchObject({ playing: false, run: { config: { txPages: 4 } } });
    commands.setSpeed(1);
  });

  it('goes to the first step of the chapter where the new run does not have that step', () => {
    commands.seek(207);
    appStore.setState({ wanted: null });
    commands.open(
      DEFAULT_RUN,
      { kind: 'chapter', chapter: 'map' },
      { chapter: 'map', key: 'no#such', occurrence: 1 },
    );
    expect(state().position).toBe(201);
  });

  it('stays at the beginning from the beginning', () => {
    commands.configure({ queues: 3 });
    expect(sentTo(engine)).toMatchObject([{ type: 'open', run: { config: { queues: 3 } }, at: beginning }]);
  });
});

describe('moving by chapters', () => {
  it('goes to first steps, so that the chapter named is the one shown', () => {
    commands.toChapter(1);
    commands.toChapter(1);
    expect(state().position).toBe(26);
    commands.seek(40);
    commands.toChapter(-1);
    expect(state().position).toBe(26);
    commands.toChapter(-1);
    commands.toChapter(-1);
    expect(state().position).toBe(0);
    commands.seek(299);
    commands.toChapter(1);
    expect(state().position).toBe(300);
  });

  it('loses no key that comes before the frame of the one before', () => {
    engine.pauseFrames();
    for (let i = 0; i < 3; i++) commands.toChapter(1);
    expect(state().position).toBe(0);
    engine.resumeFrames();
    expect(state()).toMatchObject({ position: 51, goal: null });
  });
});

describe('steps at the ends', () => {
  it('are not asked for', () => {
    commands.step('back');
    commands.step('start');
    commands.seek(300);
    sentTo(engine);
    commands.step('into');
    commands.step('out');
    expect(sentTo(engine)).toEqual([]);
  });

  it('a step while another run is being opened is not undone by the place that it was to keep', () => {
    commands.seek(40);
    appStore.setState({ wanted: { chapter: 'publish', key: '', occurrence: 1 } });
    commands.step('start');
    expect(state().wanted).toBeNull();
  });

  it('playing from the end begins again', () => {
    commands.seek(300);
    sentTo(engine);
    commands.play();
    expect(sentTo(engine)).toEqual([
      { type: 'seek', to: 0 },
      { type: 'play', stepsPerSecond: 2 },
    ]);
    commands.pause();
    expect(state().playing).toBe(false);
  });

  it('a new speed takes effect while playing, and only then', () => {
    commands.setSpeed(4);
    expect(sentTo(engine)).toEqual([]);
    commands.play();
    commands.setSpeed(16);
    commands.pause();
    expect(sentTo(engine)).toEqual([
      { type: 'play', stepsPerSecond: 8 },
      { type: 'play', stepsPerSecond: 32 },
      { type: 'pause' },
    ]);
  });
});

describe('a refusal', () => {
  it('is kept until the next move, and what is on screen stays', () => {
    commands.seek(10);
    commands.choose('toolstack');
    expect(state()).toMatchObject({
      position: 10,
      rejected: { command: 'choose', reason: 'toolstack cannot run: it waits for a watch event.' },
    });
    commands.step('into');
    expect(state().rejected).toBeNull();
  });

  it('of a run leaves the sliders where the open run has them', () => {
    appStore.setState({ run: { ...DEFAULT_RUN, scenario: 'other' } });
    engine.emit({ type: 'rejected', command: 'open', reason: 'no such scenario' });
    expect(state().run).toEqual(DEFAULT_RUN);
  });

  it('of the very first run is shown over the usual one', () => {
    appStore.setState(appStore.getInitialState(), true);
    const refusing = makeEngine();
    const sent: unknown[] = [];
    connectEngine({ ...refusing, send: (command) => sent.push(command) }, () => {});
    refusing.emit({ type: 'rejected', command: 'open', reason: 'there is no thread x' });
    refusing.emit({ type: 'rejected', command: 'pause', reason: 'no run is open' });
    expect(sent).toEqual([{ type: 'pause' }, { type: 'open', run: DEFAULT_RUN, at: beginning }]);
    expect(state().rejected).toEqual({ command: 'open', reason: 'there is no thread x' });
  });
});

describe('a run that is given up', () => {
  it('leaves the sliders and the place where the open run has them', () => {
    commands.seek(20);
    engine.pauseFrames();
    commands.configure({ queues: 5 });
    engine.emit({ type: 'progress', steps: 2_000 });
    expect(state().opening).toBe(2_000);
    sentTo(engine);
    commands.cancelOpening();
    expect(sentTo(engine)).toEqual([{ type: 'cancel' }]);
    expect(state()).toMatchObject({ run: DEFAULT_RUN, wanted: null });
  });

  it('too late is the one that is open', () => {
    const run = { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 5 } };
    appStore.setState({ outline: { ...state().outline!, run } });
    engine.emit({ type: 'rejected', command: 'cancel', reason: 'nothing is being opened' });
    expect(state().run).toEqual(run);
  });
});

describe('a stop', () => {
  const stop = { kind: 'line', key: 'connect#attach' } as const;

  it('is known until the run moves on or another one is opened', () => {
    for (const leave of [() => commands.step('into'), () => commands.openBranch(state().branches[0]!)]) {
      engine.emit({ type: 'stopped', position: 12, stop });
      expect(state().stoppedAt).toEqual({ position: 12, stop });
      leave();
      expect(state().stoppedAt).toBeNull();
    }
  });

  it('is told to the engine while it is on', () => {
    const other = { kind: 'function', fn: 'connect' } as const;
    commands.setBreakpoints([{ stop, name: 'a', on: true }, { stop: other, name: 'b', on: false }]);
    expect(sentTo(engine)).toEqual([{ type: 'stops', stops: [stop] }]);
  });
});

describe('branches', () => {
  const branch = { ...DEFAULT_RUN, choices: [[30, 'dom0 xenwatch']] as const };

  it('are kept with the place where each was left, and lead back to it', () => {
    commands.seek(30);
    commands.choose('dom0 xenwatch');
    engine.emit({ type: 'outline', outline: { ...state().outline!, run: branch } });
    commands.seek(44);
    const [natural] = state().branches;
    expect(natural).toMatchObject({ run: DEFAULT_RUN, position: 30 });
    sentTo(engine);
    commands.openBranch(natural!);
    expect(sentTo(engine)).toEqual([{ type: 'open', run: DEFAULT_RUN, at: { kind: 'position', position: 30 } }]);
    expect(state()).toMatchObject({ position: 30, branches: [{ position: 30 }, { run: branch, position: 44 }] });
  });

  it('are gone with the configuration', () => {
    engine.emit({ type: 'outline', outline: { ...state().outline!, run: branch } });
    expect(state().branches).toHaveLength(2);
    commands.configure({ queues: 3 });
    expect(state().branches).toMatchObject([{ run: { config: { queues: 3 } } }]);
  });
});

describe('a defect', () => {
  it('is kept with its reason, and nothing shown is lost', () => {
    commands.seek(12);
    engine.emit({ type: 'fatal', reason: 'unreachable case', run: DEFAULT_RUN, position: 12 });
    expect(state()).toMatchObject({
      fatal: { reason: 'unreachable case' },
      position: 12,
      step: { n: 11 },
      playing: false,
    });
  });

  it('is told of no longer once another run is there', () => {
    engine.emit({ type: 'fatal', reason: 'unreachable case', run: DEFAULT_RUN, position: 12 });
    expect(state().fatal).not.toBeNull();
    commands.open({ ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, txPages: 2 } }, { kind: 'position', position: 0 });
    expect(state().fatal).toBeNull();
  });
});

describe('the address of a step', () => {
  it('names it by function and label, and leads back to it', () => {
    commands.seek(207);
    const url = new URL(currentAddress(state(), 'https://example.org/rs/embed.html?theme=dark#old'));
    expect(url.search).toBe('');
    expect(parseLink(url.hash)).toMatchObject({
      kind: 'good',
      at: { kind: 'key', key: state().step!.key },
      run: DEFAULT_RUN,
    });
  });

  it('counts positions where choices were made', () => {
    commands.open({ ...DEFAULT_RUN, choices: [[3, 'dom0 xenwatch']] }, beginning);
    commands.seek(9);
    expect(parseLink(new URL(currentAddress(state(), 'https://example.org/')).hash)).toMatchObject({
      at: { kind: 'position', position: 9 },
      run: { choices: [[3, 'dom0 xenwatch']] },
    });
  });
});
