import { expect, test } from 'vitest';
import { createHost } from '../../src/engine/host.ts';
import { ACT_PREFIX } from '../../src/engine/protocol.ts';
import type { Command, Event, Frame } from '../../src/engine/protocol.ts';
import { scenarios } from '../../src/sim/index.ts';

/** An engine with the run of packets open at its end, and a way to ask it for a frame. */
function atTheEnd(): (command: Command) => Frame {
  const events: Event[] = [];
  const due: (() => void)[] = [];
  const host = createHost({ scenarios, post: (event) => events.push(event), schedule: (callback) => due.push(callback) });
  const settle = (): void => {
    for (let callback = due.shift(); callback !== undefined; callback = due.shift()) callback();
  };
  const ask = (command: Command): Frame => {
    const from = events.length;
    host.handle(command);
    settle();
    const frame = events.slice(from).find((event) => event.type === 'frame')?.frame;
    if (frame === undefined) throw new Error(`${command.type} brought no frame but ${JSON.stringify(events.at(-1))}`);
    host.handle({ type: 'ack', frame: frame.id });
    settle();
    return frame;
  };
  const scenario = scenarios.find(({ id }) => id === 'traffic')!;
  const run = { scenario: scenario.id, config: { ...scenario.defaults, txPages: 1, rxPages: 1, queues: 1 }, choices: [] } as const;
  ask({ type: 'open', run, at: { kind: 'position', position: 0 } });
  ask({ type: 'step', how: 'end' });
  return ask;
}

test('what a person does again is a step like the first time: its stack is the act itself', () => {
  const ask = atTheEnd();
  for (let time = 1; time <= 3; time++) {
    const { step } = ask({ type: 'choose', thread: `${ACT_PREFIX}send-to-guest` });
    expect(step?.thread).toBe('you');
    expect(step?.stack.map(({ fn }) => fn)).toEqual(['you: send-to-guest']);
    // The run goes on from its end: the packet has its way to go.
    const end = ask({ type: 'step', how: 'end' });
    expect(end.position).toBeGreaterThan(step!.n + 10);
    expect(end.choices).toEqual([]);
  }
});
