import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Engine, startEngine } from '../../src/engine/client.ts';
import { DEFAULT_RUN } from '../../src/engine/protocol.ts';
import type { Command, Event as EngineEvent } from '../../src/engine/protocol.ts';
import { serve } from '../../src/engine/serve.ts';
import { toy, toyConfig } from './toy.ts';

vi.mock('../../src/sim/index.ts', async (original) => {
  const { toy: only } = await import('./toy.ts');
  return { ...(await original<object>()), scenarios: [only] };
});

const OPEN = {
  type: 'open',
  run: { scenario: 'toy', config: toyConfig, choices: [] },
  at: { kind: 'position', position: 0 },
} as const;

/** Stands in for a browser's worker. */
class PretendedWorker extends EventTarget {
  ended = false;
  postMessage(_port: MessagePort): void {}
  terminate(): void {
    this.ended = true;
  }
}

describe('the page\'s end', () => {
  let engine: Engine | undefined;
  afterEach(() => {
    engine?.close();
    vi.unstubAllGlobals();
  });

  /** Resolves with the first event of a type. */
  function first<T extends EngineEvent['type']>(from: Engine, type: T): Promise<Extract<EngineEvent, { type: T }>> {
    return new Promise((resolve) => {
      from.subscribe((event) => {
        if (event.type === type) resolve(event as Extract<EngineEvent, { type: T }>);
      });
    });
  }

  test('runs the engine in process on demand, and keeps commands until it is ready', async () => {
    engine = startEngine({ forceInProcess: true });
    engine.send(OPEN);
    expect((await first(engine, 'outline')).outline.length).toBe(45);
    expect(engine.mode).toBe('in-process');
  });

  test('opens the usual run without being told, and says what came of it once there is a port', async () => {
    const named: unknown[] = [];
    vi.stubGlobal('Worker', function made(_address: unknown, options: WorkerOptions) {
      named.push(options.name);
      throw new Error('workers are forbidden here');
    });
    engine = startEngine();
    engine.close();
    engine = startEngine({ opens: true });
    // The toy is all that there is here: the usual run is asked for, and refused.
    expect(await first(engine, 'rejected')).toMatchObject({ command: 'open', reason: `there is no scenario ${DEFAULT_RUN.scenario}` });
    expect(named).toEqual(['', 'opens']);
  });

  test('falls back to that where there can be no worker', async () => {
    vi.stubGlobal('Worker', function forbidden() {
      throw new Error('workers are forbidden here');
    });
    engine = startEngine();
    engine.send(OPEN);
    await first(engine, 'frame');
    expect(engine.mode).toBe('in-process');
  });

  test('falls back to that where the worker cannot be loaded', async () => {
    vi.stubGlobal('Worker', class extends PretendedWorker {
      override postMessage(): void {
        queueMicrotask(() => this.dispatchEvent(new Event('error')));
      }
    });
    engine = startEngine();
    expect(engine.mode).toBe('worker');
    await first(engine, 'ready');
    expect(engine.mode).toBe('in-process');
  });

  test('tells the first that listens what was said before', async () => {
    engine = startEngine({ forceInProcess: true });
    engine.send(OPEN);
    await expect.poll(() => engine!.mode).toBe('in-process');
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      const late = new MessageChannel();
      late.port1.onmessage = () => resolve();
      late.port2.postMessage(null);
    });
    await first({ ...engine, subscribe: (listener) => engine!.subscribe((event) => {
      heard.push(event.type);
      listener(event);
    }) }, 'outline');
    expect(heard).toEqual(['ready', 'frame', 'outline']);
  });

  test('hands the worker a port and says so when it dies later', async () => {
    const worker = new PretendedWorker();
    vi.stubGlobal('Worker', function made() {
      worker.postMessage = (port) => {
        const handle = serve({
          scenarios: [toy],
          post: (event, transfer) => port.postMessage(event, transfer),
          schedule: (callback, ms) => setTimeout(callback, ms),
        });
        port.onmessage = ({ data }: MessageEvent<Command>) => handle(data);
      };
      return worker;
    });
    engine = startEngine();
    engine.send(OPEN);
    await first(engine, 'frame');
    expect(engine.mode).toBe('worker');
    const fatal = first(engine, 'fatal');
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    expect(await fatal).toEqual({
      type: 'fatal', reason: 'the engine stopped: out of memory', run: null, position: 0,
    });
    engine.close();
    expect(worker.ended).toBe(true);
  });
});
