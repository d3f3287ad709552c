import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { picturesAhead } from '../../src/engine/ahead.ts';
import type { Command, Event, Frame } from '../../src/engine/protocol.ts';
import { createMirror } from '../../src/store/mirror.ts';
import { Rig } from './rig.ts';
import { toyConfig } from './toy.ts';

const INTO: Command = { type: 'step', how: 'into' };

/** A page and an engine with a wire between them, on which messages take as long as they are left there. */
class Wire {
  readonly rig = new Rig();
  readonly mirror = createMirror();
  /** Pictures that the page has drawn without waiting for the engine. */
  atOnce = 0;
  shown!: Frame;
  private readonly ahead = picturesAhead();
  private readonly there: Command[] = [];
  private back: Event[] = [];
  private drawn: number | null = null;
  private heard = 0;

  constructor() {
    this.ask({ type: 'open', run: { scenario: 'toy', config: toyConfig, choices: [] }, at: { kind: 'position', position: 0 } });
    this.settle();
    this.ask({ type: 'seek', to: 0 });
    this.settle();
  }

  ask(command: Command): void {
    const frame = this.ahead.take(command);
    this.there.push(frame === null ? command : { ...command, ahead: frame.id } as Command);
    if (frame === null) return;
    this.atOnce++;
    this.draw(frame);
  }

  /** The page's next picture comes on screen. */
  acknowledge(): void {
    if (this.drawn !== null) this.ask({ type: 'ack', frame: this.drawn });
    this.drawn = null;
  }

  toEngine(): void {
    const command = this.there.shift();
    if (command) this.rig.send(command);
    this.collect();
  }

  toPage(): void {
    const reply = this.back.shift();
    if (reply?.type === 'ahead') this.ahead.keep(reply.frame);
    if (reply?.type === 'frame') this.draw(reply.frame);
  }

  /** Until neither has anything more to say. */
  settle(): void {
    for (;;) {
      while (this.there.length > 0) this.toEngine();
      this.rig.settle();
      this.collect();
      while (this.back.length > 0) this.toPage();
      if (this.drawn === null) return;
      this.acknowledge();
    }
  }

  private collect(): void {
    this.back.push(...this.rig.events.slice(this.heard));
    this.heard = this.rig.events.length;
  }

  private draw(frame: Frame): void {
    this.mirror.apply(frame);
    this.shown = frame;
    this.drawn = frame.id;
  }
}

test('the picture of the next step is there before somebody wants it', () => {
  const wire = new Wire();
  wire.ask(INTO);
  expect(wire.shown.position).toBe(1);
  wire.ask(INTO);
  expect(wire.shown.position).toBe(1);
  wire.settle();
  expect(wire.shown.position).toBe(2);
  expect(wire.atOnce).toBe(1);
});

test('a question leaves it what it is; all else makes it worthless', () => {
  const wire = new Wire();
  wire.ask({ type: 'ask', id: 1, question: { kind: 'records', from: 0, to: 1 } });
  wire.ask(INTO);
  expect(wire.atOnce).toBe(1);
  wire.settle();
  wire.ask({ type: 'stops', stops: [] });
  wire.ask(INTO);
  wire.settle();
  expect([wire.atOnce, wire.shown.position]).toEqual([1, 2]);
});

test('one that comes after the page has asked for something else is not kept', () => {
  const wire = new Wire();
  wire.ask({ type: 'seek', to: 5 });
  wire.toEngine();
  wire.toPage();
  wire.acknowledge();
  wire.ask({ type: 'seek', to: 9 });
  wire.toEngine();
  wire.toPage();
  wire.ask(INTO);
  expect(wire.atOnce).toBe(0);
  wire.settle();
  expect(wire.shown.position).toBe(10);
});

test('nothing is sent ahead of the last step, beyond the steps shown, or while it plays', () => {
  const wire = new Wire();
  const sent = (): number => wire.rig.of('ahead').length;
  wire.ask({ type: 'step', how: 'end' });
  const before = sent();
  wire.settle();
  expect(sent()).toBe(before);
  wire.ask({ type: 'confine', from: 3, to: 6 });
  wire.settle();
  expect([wire.shown.position, sent()]).toEqual([6, before]);
  wire.ask({ type: 'seek', to: 3 });
  wire.settle();
  expect(sent()).toBe(before + 1);
  wire.ask({ type: 'play', stepsPerSecond: 10 });
  wire.settle();
  expect([wire.shown.position, sent()]).toEqual([4, before + 1]);
});

type Act = (wire: Wire) => void;

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Act>((wire) => wire.ask(INTO)) },
  { weight: 4, arbitrary: fc.constant<Act>((wire) => wire.toEngine()) },
  { weight: 4, arbitrary: fc.constant<Act>((wire) => wire.toPage()) },
  { weight: 3, arbitrary: fc.constant<Act>((wire) => wire.acknowledge()) },
  { weight: 1, arbitrary: fc.constant<Act>((wire) => wire.settle()) },
  { weight: 1, arbitrary: fc.constant<Act>((wire) => wire.rig.wait(100)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Command>(
      { type: 'step', how: 'back' }, { type: 'step', how: 'over' }, { type: 'seek', to: 13 }, { type: 'seek', to: 27 },
      { type: 'choose', thread: 'front' }, { type: 'choose', thread: 'back' }, { type: 'confine', from: 5, to: 20 },
      { type: 'play', stepsPerSecond: 20 }, { type: 'pause' }, { type: 'ask', id: 1, question: { kind: 'compare', from: 0, to: 9 } },
    ).map((command): Act => (wire) => wire.ask(command)),
  },
);

test('however long messages are under way, the page ends with what is true where the engine is', () => {
  fc.assert(
    fc.property(fc.array(act, { size: 'max', maxLength: 60 }), (acts) => {
      const wire = new Wire();
      for (const one of acts) one(wire);
      wire.ask({ type: 'pause' });
      wire.settle();
      expect(wire.rig.of('fatal')).toEqual([]);
      const straight = new Rig();
      straight.open(wire.rig.outline().run, { kind: 'position', position: wire.shown.position });
      const other = createMirror();
      other.apply(straight.last());
      expect(Object.fromEntries(wire.mirror.slots)).toEqual(Object.fromEntries(other.slots));
      expect(wire.shown.fingerprint).toBe(straight.last().fingerprint);
      expect(wire.shown.choices).toEqual(straight.last().choices);
    }),
    { numRuns: 500 },
  );
});
