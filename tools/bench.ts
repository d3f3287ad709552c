/**
 * Measures the core and the page: `npm run -s bench`. Figures as JSON on stdout, what is under way on stderr. Nothing
 * passes or fails here: `limit` and `ok` stand beside each figure, and the exit status is 0 unless a measurement
 * could not be made.
 *
 * The page is the production build, made in a temporary folder and served to an installed Chromium. Work of its main
 * thread is the time that the thread ran; `wall` in the detail is the time that passed, which other programs stretch.
 */
import { cpus } from 'node:os';
import { scenarios } from '../src/sim/index.ts';
import { checkSpeed } from './bench/check.ts';
import { clickToPaint } from './bench/click.ts';
import { farSteps } from './bench/far-step.ts';
import type { Figure } from './bench/figure.ts';
import { firstLoad } from './bench/first-load.ts';
import { firstStep } from './bench/first-step.ts';
import { framesWhilePlaying } from './bench/frames.ts';
import { longRun } from './bench/long-run.ts';
import { withPage } from './bench/page.ts';
import { playing } from './bench/play.ts';
import { seekInCore, seekInPage } from './bench/seek.ts';
import { stepFloor, stepWork } from './bench/step-work.ts';

/** The smallest run and the longest one. */
const RUNS = {
  '1x1': { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' },
  '16x8': { txPages: 16, rxPages: 16, queues: 8, maxGrantFrames: 256, backend: 'pv' },
} as const;

/** Chapters from where each has more than five seconds left to play, and as much as can be on stage. */
const PLAYED_FROM = { '1x1': 'rings', '16x8': 'mapping' } as const;

function say(what: string): void {
  console.error(`bench: ${what}`);
}

async function measure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  say('exploring every order at 1 page x 1 queue');
  figures.push(...checkSpeed(RUNS['1x1']));
  say('seeking in the longest run, in Node');
  figures.push(...seekInCore(RUNS['16x8']));
  say('connecting, sending and disconnecting for 100,000 steps, in Node');
  figures.push(...longRun(scenarios[0]!, RUNS['1x1']));
  say('building the page, and bare ones');
  await withPage(async (bench) => {
    say('first load');
    figures.push(...(await firstLoad(bench)));
    say('time to the first step, in turns with a bare page');
    figures.push(...(await firstStep(bench)));
    for (const name of ['1x1', '16x8'] as const) {
      const config = RUNS[name];
      say(`steps at ${name}`);
      figures.push(...(await stepWork(bench, name, config)));
      say(`playing at ${name}`);
      figures.push(await playing(bench, name, config, PLAYED_FROM[name]));
    }
    figures.push(await stepFloor(bench));
    say('steps far into a run');
    figures.push(await farSteps(bench, '16x8', RUNS['16x8']));
    say('clicking and playing on a slow processor');
    figures.push(...(await clickToPaint(bench, '16x8', RUNS['16x8'])));
    figures.push(...(await framesWhilePlaying(bench, '16x8', RUNS['16x8'], PLAYED_FROM['16x8'])));
    say('seeking in the longest run, in the page');
    figures.push(...(await seekInPage(bench, RUNS['16x8'])));
  });
  return figures;
}

const figures = await measure();
const [cpu] = cpus();
const machine = { node: process.version, cpu: cpu?.model ?? 'unknown', cpus: cpus().length };
console.log(JSON.stringify({ machine, runs: RUNS, figures }, null, 2));
