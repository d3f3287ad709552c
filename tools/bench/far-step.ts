import { ACT_PREFIX } from '../../src/engine/protocol.ts';
import type { Place } from '../../src/engine/protocol.ts';
import { actNamed, scenarios, Timeline, YOU, type Config } from '../../src/sim/index.ts';
import { installDriver } from './driver.ts';
import { atMost, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { perMark, traced } from './trace.ts';

/** No slower, but for a tenth: two medians of the same work differ by that much. */
const LIMIT = 1.1;
const NEAR = 10;
const FAR = 10_000;
/** About as many as a packet takes. */
const STEPS = 72;
const TURNS = 2;
const PACKET = 'send-to-guest';

/**
 * A run of packets for the guest, the next one when the one before has come to rest, until it has so many steps; and where the
 * first packet after step `far` sets out.
 */
export function manyPackets(config: Config, far: number, steps: number): { choices: [number, string][]; from: number } {
  const scenario = scenarios.find(({ id }) => id === 'traffic')!;
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const you = timeline.machine.threadNamed(YOU)!;
  const choices: [number, string][] = [];
  while (timeline.forward());
  for (let from: number | undefined; ; ) {
    if (from === undefined && timeline.length >= far) from = timeline.length;
    if (from !== undefined && timeline.length >= from + steps) return { choices, from };
    choices.push([timeline.length, `${ACT_PREFIX}${PACKET}`]);
    timeline.act(you, actNamed(PACKET).program);
    while (timeline.forward());
  }
}

/**
 * Script of a step beyond the ten-thousandth against one beyond the tenth: of one run, which begins with a packet for the
 * guest, and has come to another one by then. In turns, each on a page that was opened there and has been used no more
 * than the other: a page becomes quicker by being used.
 */
export async function farSteps(bench: Bench, name: string, config: Config): Promise<Figure> {
  const { choices, from } = manyPackets(config, FAR, NEAR + STEPS);
  const near: number[] = [];
  const far: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [beginning, times] of [[from, far], [0, near]] as const) {
      const at: Place = { kind: 'position', position: beginning + NEAR };
      const page = await bench.open(config, at, { scenario: 'traffic', choices });
      await installDriver(page);
      const main = await traced(page, () =>
        page.evaluate((steps) => globalThis.driver.pressMarked('ArrowRight', steps), STEPS),
      );
      await page.close();
      times.push(...perMark(main.script, main.marked).map(({ cpu }) => cpu));
    }
  }
  const [nearMs, farMs] = [quantile(near, 0.5), quantile(far, 0.5)];
  return atMost(LIMIT, {
    name: `script of a step at ${FAR} against one at ${NEAR}, ${name}`,
    value: farMs / nearMs,
    unit: 'times',
    detail: { farMs: rounded(farMs), nearMs: rounded(nearMs), from, steps: far.length },
  });
}
