import { scenarios } from '../../src/sim/index.ts';
import type { Config } from '../../src/sim/index.ts';
import { recordsOf } from '../../src/engine/records.ts';
import { happeningsOf } from '../../src/picture/index.ts';
import type { Scene } from '../../src/picture/index.ts';
import type { Happening } from '../../src/picture/sequence/messages.ts';
import { endOf, positionOf } from '../../tools/render/place.ts';
import { recorded, sceneAt } from '../../tools/render/run.ts';

/** A run of a scenario, made once, with the sliders changed as told. */
const runs = new Map<string, ReturnType<typeof recorded>>();

function runOf(change: Partial<Config>, id: string): ReturnType<typeof recorded> {
  const name = JSON.stringify([id, change]);
  const scenario = scenarios.find((one) => one.id === id)!;
  const run = runs.get(name) ?? recorded(scenario, { scenario: id, config: { ...scenario.defaults, ...change }, choices: [] });
  runs.set(name, run);
  return run;
}

/** So many pages in each ring. */
export function pages(count: number): Partial<Config> {
  return { txPages: count, rxPages: count };
}

/** A step of a run of the real thing, as pictures are made of it. */
export function scene(step: string, change: Partial<Config> = {}, id = 'netif-multipage'): Scene {
  const run = runOf(change, id);
  return sceneAt(run, positionOf(step, run));
}

/** What happened until then. */
export function happenings(step: string, change: Partial<Config> = {}, id = 'netif-multipage'): Happening[] {
  const run = runOf(change, id);
  return happeningsOf(recordsOf(run, 0, positionOf(step, run)), run.outline);
}

/** Every step of a chapter. */
export function chapter(name: string, change: Partial<Config> = {}, id = 'netif-multipage'): Scene[] {
  const run = runOf(change, id);
  const [from, to] = [positionOf(name, run), endOf(name, run)];
  return Array.from({ length: to - from + 1 }, (_, n) => sceneAt(run, from + n));
}
