import { picturesAhead } from './ahead.ts';
import { trustScriptsOf } from './trusted.ts';
// oxlint-disable-next-line import/default -- Vite makes it: the address of the worker.
import workerAddress from './engine.worker.ts?worker&url';
import type { Command, Event } from './protocol.ts';

const trusted = trustScriptsOf(import.meta.url, 'ringscope');

/** The page's end of the engine, the same whether it runs in a worker or on the page's own thread. */
export interface Engine {
  /** Where the engine runs. A page that finds workers forbidden falls back before the first event. */
  readonly mode: 'worker' | 'in-process';
  send(command: Command): void;
  /** Hears every event from now on; the first listener also those before. @returns a function that ends it */
  subscribe(listener: (event: Event) => void): () => void;
  /** Ends the engine; nothing is heard of it any more. */
  close(): void;
}

export interface EngineOptions {
  /** Do without a worker from the start. */
  forceInProcess?: boolean;
  /** Open the usual run without being told to. */
  opens?: boolean;
}

/**
 * Starts the engine in a worker, or, where the page forbids workers, on the page's thread. Commands may be sent at
 * once: they wait until the engine is ready. A failure to start at all is reported as a `fatal` event.
 */
export function startEngine({ forceInProcess = false, opens = false }: EngineOptions = {}): Engine {
  const listeners = new Set<(event: Event) => void>();
  /** Events from before anybody listened. */
  let unheard: Event[] = [];
  let mode: Engine['mode'] = 'worker';
  let worker: Worker | undefined;
  let port: MessagePort | undefined;
  let closed = false;
  const ahead = picturesAhead();
  /** Commands from before the engine was ready, for the one that takes its place if it cannot start; then undefined. */
  let early: Command[] | undefined = [];

  if (forceInProcess) startInProcess();
  else startWorker();
  return {
    get mode() {
      return mode;
    },
    send(command) {
      early?.push(command);
      const frame = ahead.take(command);
      if (frame === null) return port?.postMessage(command);
      port?.postMessage({ ...command, ahead: frame.id });
      emit({ type: 'frame', frame });
    },
    subscribe(listener) {
      listeners.add(listener);
      const missed = unheard;
      unheard = [];
      for (const event of missed) listener(event);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      unheard = [];
      listeners.clear();
      dismiss();
    },
  };

  function emit(event: Event): void {
    if (listeners.size === 0) unheard.push(event);
    for (const listener of listeners) listener(event);
  }

  /** A channel whose near end is ours; commands wait in it until something listens at the far one. */
  function connect(): MessagePort {
    const channel = new MessageChannel();
    const near = channel.port1;
    port = near;
    near.onmessage = ({ data }: MessageEvent<Event>) => {
      if (closed) return;
      if (data.type === 'ahead') ahead.keep(data.frame);
      if (data.type === 'ready') early = undefined;
      emit(data);
    };
    for (const command of early ?? []) near.postMessage(command);
    return channel.port2;
  }

  function startWorker(): void {
    try {
      worker = makeWorker(new URL(workerAddress, import.meta.url).href, opens ? 'opens' : '');
    } catch {
      startInProcess();
      return;
    }
    worker.addEventListener('error', (event) => {
      // Before it is ready, an error means that it could not be loaded; afterwards, that it died.
      if (early) startInProcess();
      else fail(event.message);
    });
    const far = connect();
    worker.postMessage(far, [far]);
  }

  function startInProcess(): void {
    dismiss();
    mode = 'in-process';
    serveHere().catch((error: unknown) => fail(String(error)));
  }

  /** What engine.worker.ts does, on this thread. */
  async function serveHere(): Promise<void> {
    const { servePort } = await import('./serve-port.ts');
    if (!closed) servePort(opens)(connect());
  }

  function fail(reason: string): void {
    emit({ type: 'fatal', reason: `the engine stopped: ${reason}`, run: null, position: 0 });
  }

  function dismiss(): void {
    worker?.terminate();
    port?.close();
    worker = undefined;
    port = undefined;
  }
}

/** The worker at that address, by that name. A page without an origin may have none from an address, but one that loads it from there. */
function makeWorker(address: string, name: string): Worker {
  try {
    return new Worker(trusted(address), { type: 'module', name });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    const source = new Blob([`importScripts(${JSON.stringify(address)})`], { type: 'text/javascript' });
    const made = URL.createObjectURL(source);
    try {
      return new Worker(trusted(made), { name });
    } finally {
      URL.revokeObjectURL(made);
    }
  }
}
