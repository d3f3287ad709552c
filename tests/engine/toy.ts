import type { Config, Scenario, Thread } from '../../src/sim/index.ts';
import { assign, atomic, call, enter, local, ret, step, when, whilst } from '../../src/sim/machine/dsl.ts';
import { Machine } from '../../src/sim/machine/machine.ts';
import { type Citation, fn, type FnInfo, type Party } from '../../src/sim/machine/program.ts';
import { slot } from '../../src/sim/machine/slot.ts';

/**
 * A world of two threads, small enough to follow by hand: `front` fills pages, word by word, through a function of its
 * own and one of Xen's, and counts what it did in xenstore; `back` is spawned by it, sleeps until there is something,
 * and takes it. Both end. `queues` says how many rounds there are.
 */

const cite: Citation = { project: 'RingScope', version: '0', path: 'tests/engine/toy.ts', symbol: 'toy' };
const info = (party: Party): FnInfo => ({ party, cite });

const offered = slot<number>('toy:offered');
const taken = slot<readonly number[]>('toy:taken');
/** Machine frame of the first page. */
export const FIRST_PAGE = 0x100;
const PAGES = 1_600;

const hypercall = fn<{ page: number; value: number }>('toy_xen_op', { ...info('xen'), departs: 'ours' }, [
  step('store', (c, l) => c.store32(FIRST_PAGE + l.page, (l.value % 1024) * 4, l.value + 1)),
  ret(),
]);

const fill = fn<{ page: number; words: number; i: number }, number, { page: number; words: number }>(
  'toy_fill',
  { ...info('domU'), shown: 'fill' },
  [
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i < l.words, [
      when(
        (l) => l.i % 2 === 0,
        [call('op', () => hypercall, (l) => ({ page: l.page, value: l.i }))],
        [local('skip', () => {})],
      ),
      local('count', (_, l) => {
        l.i++;
      }),
    ]),
    ret((l) => l.i),
  ],
);

const note = fn<{ seen: number }>('toy_note', info('dom0'), [
  step('log', (c, l) => c.set(taken, Array.from({ length: l.seen }, (_, i) => i))),
  ret(),
]);

const backend = fn<{ rounds: number; seen: number }>('toy_back', info('dom0'), [
  assign((l) => {
    l.seen = 0;
  }),
  whilst((l) => l.seen < l.rounds, [
    step(
      'take',
      (c, l) => {
        c.note({ kind: 'watch-taken', conn: 'dom0', path: '/toy' });
        l.seen = c.get(offered)!;
      },
      { ready: (c, l) => (c.get(offered) ?? 0) > l.seen },
    ),
    enter(() => note, (l) => ({ seen: l.seen })),
  ]),
  ret(),
]);

const forget = fn('toy_forget', info('domU'), [
  step('forget', (c) => c.set(offered, undefined)),
  ret(),
]);

const rest = fn('toy_rest', info('domU'), [ret()]);

const wipe = fn('toy_wipe', info('domU'), [
  atomic('wipe', 'nobody else looks', (c) => {
    for (let page = 0; page < PAGES; page++) c.store32(FIRST_PAGE + page, 4092, 0);
  }),
  ret(),
]);

type Job = { rounds: number; words: number; wipes: boolean };

const frontend = fn<Job & { round: number; filled: number }, void, Job>('toy_front', info('domU'), [
  assign((l) => {
    l.round = 0;
    l.filled = 0;
  }),
  atomic('spawn', 'nobody else runs yet', (c, l) => {
    c.note({ kind: 'spawn', thread: 'back' });
    c.spawn('back', backend, { rounds: l.rounds, seen: 0 });
  }),
  whilst((l) => l.round < l.rounds, [
    call(
      'fill',
      () => fill,
      (l) => ({ page: l.round, words: l.words }),
      (l, words: number) => {
        l.filled = words;
      },
    ),
    step('offer', (c, l) => {
      c.note({ kind: 'xs', op: 'write' });
      c.note({ kind: 'event', conn: 'dom0', path: '/toy' });
      l.round++;
      c.set(offered, l.round);
    }),
  ]),
  call('finish', (l) => (l.wipes ? wipe : rest), () => ({})),
  enter(() => forget, () => ({})),
  ret(),
]);

/** A thread that throws what no simulated world throws: a defect. */
const broken = fn('toy_broken', info('domU'), [
  step('work', (c) => c.set(offered, 1)),
  step('break', () => {
    throw new Error('the toy broke');
  }),
  ret(),
]);

export const toyConfig: Config = { txPages: 4, rxPages: 4, queues: 3, maxGrantFrames: 64, backend: 'pv' };

function threads(): { name: string; party: Party }[] {
  return [
    { name: 'front', party: 'domU' },
    { name: 'back', party: 'dom0' },
  ];
}

/** `back` runs whenever it can. */
function schedule(enabled: readonly Thread[]): Thread {
  return enabled.at(-1)!;
}

/** Rounds = queues; words a round = txPages. */
export const toy: Scenario = {
  id: 'toy',
  title: 'Toy',
  reference: 'none',
  defaults: toyConfig,
  threads,
  acts: [],
  chapters: [
    { id: 'begin', title: 'It begins', begins: 'toy_front#spawn' },
    { id: 'take', title: 'It is taken', begins: 'toy_back#take' },
    { id: 'never', title: 'It never comes', begins: 'toy_front#never' },
    { id: 'fill', title: 'Pages fill', begins: 'fill#op' },
  ],
  build(config) {
    const machine = new Machine(threads().map(({ name }) => name));
    machine.store32(FIRST_PAGE, 4092, 0xffff_ffff);
    machine.spawn('front', frontend, { rounds: config.queues, words: config.txPages, wipes: false });
    return machine;
  },
  schedule,
};

/** A run of some 20,000 steps, with 1,600 pages that were written before it begins and are wiped at its end. */
export const longToy: Scenario = {
  ...toy,
  id: 'long',
  build() {
    const machine = new Machine(threads().map(({ name }) => name));
    for (let page = 0; page < PAGES; page++) machine.store32(FIRST_PAGE + page, 4092, page + 1);
    machine.spawn('front', frontend, { rounds: 10, words: 800, wipes: true });
    return machine;
  },
};

/** Its second step throws. */
export const brokenToy: Scenario = {
  ...toy,
  id: 'broken',
  build() {
    const machine = new Machine(threads().map(({ name }) => name));
    machine.spawn('front', broken, {});
    return machine;
  },
};
