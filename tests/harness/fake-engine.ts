import type { Event, Outline, Place, RunSpec, ScenarioInfo, StepView } from '../../src/engine/protocol.ts';
import type { EngineClient } from '../../src/store/connection.ts';

const THREADS = [
  { name: 'toolstack', party: 'toolstack' },
  { name: 'dom0 xenwatch', party: 'dom0' },
  { name: 'domU xenwatch', party: 'domU' },
  { name: 'vif5.0-q0-guest-rx', party: 'dom0' },
] as const;

const CHAPTERS = [
  ['attach', 'The toolstack attaches a vif', 0],
  ['probe-back', 'The backend probes', 1],
  ['hotplug', 'Hotplug', 0],
  ['probe-front', 'The frontend probes', 2],
  ['rings', 'Rings allocated', 2],
  ['publish', 'Keys published', 2],
  ['front-4', 'Frontend Connected', 2],
  ['connect', 'connect_rings', 1],
  ['map', 'Mapping the rings', 1],
  ['ports', 'Ports bound', 1],
  ['back-4', 'Backend Connected', 1],
  ['ready', 'Ready', 3],
] as const;

const FUNCTIONS = [
  'frontend_changed',
  'connect',
  'connect_rings',
  'xenvif_connect',
  'xenbus_map_ring_valloc',
];
const LABELS = ['read_state', 'gather_refs', 'map_batch', 'scan_status', 'attach'];
const KEYS = FUNCTIONS.flatMap((fn) => LABELS.map((label) => `${fn}#${label}`));

/** A made-up run of `length` steps: chapters of equal length, a thread to each. */
export function fakeOutline(run: RunSpec, length = 300): Outline {
  const per = length / CHAPTERS.length;
  const chapterOf = (n: number) => Math.min(CHAPTERS.length - 1, Math.floor(n / per));
  const every = <T>(pick: (n: number) => T) => Array.from({ length }, (_, n) => pick(n));
  return {
    run,
    length,
    threads: THREADS,
    thread: Uint8Array.from(every((n) => CHAPTERS[chapterOf(n)]![2])),
    key: Uint16Array.from(every((n) => (n * 7 + chapterOf(n)) % KEYS.length)),
    depth: Uint8Array.from(every((n) => 1 + (n % 4))),
    // Each step is a call of its own, of a caller of its own.
    floor: Int8Array.from(every((n) => (n % 4) - 1)),
    inXen: Uint8Array.from(every((n) => (chapterOf(n) >= 8 && n % 9 > 5 ? 1 : 0))),
    inXenstored: Uint8Array.from(every((n) => (chapterOf(n) < 8 && n % 5 === 1 ? 1 : 0))),
    keys: KEYS,
    chapters: CHAPTERS.map(([id, title], i) => ({ id, title, at: Math.ceil(i * per) })),
    messages: CHAPTERS.slice(1).map((_, i) => ({
      from: Math.ceil((i + 1) * per) - 3,
      to: Math.ceil((i + 1) * per),
      kind: 'watch' as const,
    })),
  };
}

const cite = {
  project: 'Linux',
  version: 'v6.12.117',
  path: 'drivers/net/xen-netback/xenbus.c',
  symbol: 'connect_data_rings',
  line: 855,
} as const;

/** The made-up step `n`. */
export function fakeStep(outline: Outline, n: number): StepView {
  const key = outline.keys[outline.key[n]!]!;
  const [fn = '', label = ''] = key.split('#');
  const thread = outline.threads[outline.thread[n]!]!;
  const party = outline.inXen[n] ? 'xen' : thread.party;
  return {
    n,
    thread: thread.name,
    party,
    key,
    stack: [...FUNCTIONS.slice(0, FUNCTIONS.indexOf(fn)), fn].map((name) => ({
      fn: name,
      shown: name,
      party: name === fn ? party : thread.party,
      cite,
      label,
    })),
    listing: [
      { label: 'read_state', kind: 'step', indent: 0 },
      { label: 'gather_refs', kind: 'local', indent: 0 },
      { label: 'map_batch', kind: 'call', callee: 'gnttab_batch_map', indent: 1 },
      { label: 'scan_status', kind: 'step', atomic: 'nobody reads the batch before it returns', indent: 1 },
      { label: 'attach', kind: 'step', indent: 0 },
    ],
    ...(n % 2 === 0 ? { departs: 'the loop over several refs is from the 2012 multi-page tree' } : {}),
    effects: [{ kind: 'hypercall', op: 'map_grant_ref', ref: 2056 + (n % 8), status: 0 }],
    changes: [
      { cell: 'word', frame: 0x8f3c2, offset: 16, before: 1, after: 0x19 },
      { cell: 'slot', name: 'dom0 be state', before: 2, after: 4 },
    ],
    changed: 2,
  };
}

const FAKE_SCENARIOS: readonly ScenarioInfo[] = [
  {
    id: 'netif-multipage',
    title: 'Netif multi-page',
    defaults: { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' },
    acts: [],
  },
  {
    id: 'fault-made-up',
    title: 'A made-up fault',
    defaults: { txPages: 1, rxPages: 1, queues: 2, maxGrantFrames: 32, backend: 'pvh' },
    acts: [
      { id: 'unplug', kind: 'toolstack', party: 'toolstack', title: 'Unplug the vif' },
      { id: 'revoke', kind: 'fault', party: 'domU', title: 'Clear a grant entry' },
      { id: 'send', kind: 'guest', party: 'domU', title: 'Send a packet' },
    ],
  },
];

/** Of the acts of the scenario that has some, why not. */
export const FAKE_REFUSALS = [null, 'no page is granted yet', null] as const;

/**
 * An engine that plays {@link fakeOutline}, answering at once. Test it through the store, never by itself.
 */
export function fakeEngine(length = 300): EngineClient & {
  emit: (event: Event) => void;
  sent: string[];
  /** Shows nothing, like an engine whose last frame was not acknowledged yet; then only the latest. */
  pauseFrames: () => void;
  resumeFrames: () => void;
} {
  const listeners = new Set<(event: Event) => void>();
  const emit = (event: Event): void => listeners.forEach((listener) => listener(event));
  let outline: Outline | undefined;
  let position = 0;
  let frames = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const sent: string[] = [];
  let paused = false;
  const show = (to: number): void => {
    if (outline === undefined) return;
    position = Math.max(0, Math.min(outline.length, to));
    if (paused) return;
    const step = position === 0 ? null : fakeStep(outline, position - 1);
    const choices = outline.threads
      .slice(1, 3)
      .map(({ name }) => ({ thread: name, key: KEYS[position % KEYS.length]! }));
    emit({
      type: 'frame',
      frame: {
        id: ++frames,
        kind: 'key',
        position,
        step,
        choices,
        refusals: outline?.run.scenario === 'fault-made-up' ? FAKE_REFUSALS : [],
        gone: [],
        printed: [],
        slots: [],
        pages: [],
        words: new Float64Array(),
        fingerprint: position.toString(16).padStart(16, '0'),
      },
    });
  };
  const place = (at: Place): number => {
    switch (at.kind) {
      case 'position':
        return at.position;
      case 'chapter':
        return outline!.chapters.find(({ id }) => id === at.chapter)?.at ?? 0;
      case 'key':
        return outline!.key.indexOf(outline!.keys.indexOf(at.key)) + 1;
    }
  };
  const chapter = (direction: 1 | -1): number => {
    const at = outline!.chapters.map((one) => one.at);
    return direction > 0
      ? (at.find((one) => one > position) ?? outline!.length)
      : ([...at].reverse().find((one) => one < position) ?? 0);
  };
  const pause = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    emit({ type: 'playing', playing: false });
  };
  return {
    mode: 'worker',
    pauseFrames: () => {
      paused = true;
    },
    resumeFrames: () => {
      paused = false;
      show(position);
      if (outline !== undefined) emit({ type: 'outline', outline });
    },
    emit,
    sent,
    subscribe: (listener) => {
      listeners.add(listener);
      queueMicrotask(() =>
        listener({
          type: 'ready',
          protocol: 1,
          scenarios: FAKE_SCENARIOS,
        }),
      );
      return () => listeners.delete(listener);
    },
    send: (command) => {
      sent.push(JSON.stringify(command));
      if (command.type === 'open') {
        outline = fakeOutline(command.run, length);
        show(place(command.at));
        return paused ? undefined : emit({ type: 'outline', outline });
      }
      if (outline === undefined || command.type === 'ack') return;
      if (command.type !== 'play') pause();
      if (command.type === 'seek') show(command.to);
      if (command.type === 'choose') {
        emit({
          type: 'rejected',
          command: 'choose',
          reason: `${command.thread} cannot run: it waits for a watch event.`,
        });
      }
      if (command.type === 'play') {
        clearInterval(timer);
        emit({ type: 'playing', playing: true });
        timer = setInterval(
          () => (position < outline!.length ? show(position + 1) : pause()),
          1000 / command.stepsPerSecond,
        );
      }
      if (command.type === 'step') {
        const to: Record<typeof command.how, number> = {
          into: position + 1,
          over: position + 3,
          out: position + 6,
          back: position - 1,
          'back-over': position - 3,
          chapter: chapter(1),
          'chapter-back': chapter(-1),
          start: 0,
          end: outline.length,
        };
        show(to[command.how]);
      }
    },
  };
}
