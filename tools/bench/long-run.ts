import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededRandom } from '../../src/base/random.ts';
import { actNamed, Timeline, wander, type Config, type Scenario } from '../../src/sim/index.ts';
import { atMost, forInformation, quantile, rounded, type Figure } from './figure.ts';

const STEPS = 100_000;
const SEED = 0x4c_4f_4e_47;
const SEEKS = 2_000;
const PAGE_BYTES = 4096;
/** Connecting, traffic each way, disconnecting. */
const ACTS = ['network-attach', 'network-detach', 'network-detach-force', 'save-restore', 'send-from-guest', 'send-to-guest'];
/** More writes in one step than any but an `atomic` one that fills a ring or grants its buffers. */
const BULK_WRITES = 64;
const SEEK_LIMIT_MS = 16;
const BYTES_LIMIT = 200;

function memory(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // What typed arrays held is given back after the first.
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Connects, sends packets both ways, disconnects, again and again, in an order drawn from a seed, for 100,000 steps; then
 * seeks at random, and undoes everything.
 */
export function longRun(scenario: Scenario, config: Config): Figure[] {
  const before = memory();
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const beginning = timeline.machine.state;
  const [a, b] = [beginning.a, beginning.b];
  const random = seededRandom(SEED);
  const began = performance.now();
  const made = wander(timeline, { random, acts: ACTS.map(actNamed), actChance: 1 / 300, switchChance: 1 / 20 }, STEPS);
  const seconds = (performance.now() - began) / 1000;
  const whole = memory() - before;
  // Pages of the simulated world are there however it came about.
  const grown = whole - beginning.pages().length * PAGE_BYTES;
  if (made !== STEPS) throw new Error(`the long run came to rest after ${made} steps`);
  const bulk = bulkOf(timeline);
  const ordinary = STEPS - bulk.steps;
  const seeks = Array.from({ length: SEEKS }, () => timed(() => timeline.seek(Math.floor(random() * (STEPS + 1)))));
  timeline.seek(STEPS);
  const undo = timed(() => timeline.seek(0));
  if (beginning.a !== a || beginning.b !== b) throw new Error('undoing everything leads elsewhere');
  const ends = Array.from({ length: 10 }, (_, i) => timed(() => timeline.seek(i % 2 === 0 ? STEPS : 0)));
  return [
    atMost(BYTES_LIMIT, {
      name: 'history of an ordinary step, long run',
      value: (grown - bulk.bytes) / ordinary,
      unit: 'bytes',
      detail: {
        steps: ordinary,
        bulkSteps: bulk.steps,
        bulkBytes: rounded(bulk.bytes / Math.max(bulk.steps, 1)),
        wholeBytes: whole,
        pages: beginning.pages().length,
      },
    }),
    atMost(SEEK_LIMIT_MS, {
      name: 'random seek in a long run, longest',
      value: quantile(seeks, 1),
      unit: 'ms',
      detail: { mean: rounded(seeks.reduce((sum, ms) => sum + ms, 0) / SEEKS), seeks: SEEKS, steps: STEPS },
    }),
    atMost(SEEK_LIMIT_MS, {
      name: 'from one end of a long run to the other, longest',
      value: quantile(ends, 1),
      unit: 'ms',
      detail: { firstUndo: rounded(undo) },
    }),
    forInformation({ name: 'recording a long run', value: STEPS / seconds, unit: 'steps/s' }),
  ];
}

/** The steps that write much at once, and the bytes of the journal that they take. */
function bulkOf(timeline: Timeline): { steps: number; bytes: number } {
  const bulk = { steps: 0, bytes: 0 };
  for (let n = 0; n < timeline.length; n++) {
    const writes = timeline.journalAt(n + 1) - timeline.journalAt(n);
    if (writes <= BULK_WRITES) continue;
    bulk.steps++;
    // Cell, old and new, of four bytes each; what few slots are among them weighs little.
    bulk.bytes += writes * 12;
  }
  return bulk;
}

/** Milliseconds of processor time, with what collects garbage and compiles beside it: how long it takes one core. */
function timed(action: () => unknown): number {
  const began = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
