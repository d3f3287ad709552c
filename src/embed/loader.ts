/**
 * Runs the frame's parts without module scripts: to a sandboxed frame, which has no origin, a plain file server gives none
 * out, while classic scripts and styles come from anywhere. The build puts this before the parts that the first step needs;
 * the others follow, each in a file of its own, when they are asked for.
 */
import { trustScriptsOf } from '../engine/trusted.ts';

type Exports = Record<string, unknown>;

interface Module {
  exports: Exports;
}

/** A part's code. `load` takes the place of `import()` in it, `here` that of `import.meta.url`. */
type Body = (
  module: Module, exports: Exports, require: (name: string) => Exports, load: (name: string) => Promise<Exports>, here: string,
) => void;

declare global {
  /** How a file of the frame hands over its parts. */
  var ringscopeFrame: {
    define: (name: string, body: Body) => void;
    /** Runs the first part. `files` says which files a part that comes later lies in, with all that it needs. */
    start: (name: string, files: Readonly<Record<string, readonly string[]>>) => void;
  };
}

const script = document.currentScript;
if (!(script instanceof HTMLScriptElement)) throw new Error('the script of the frame must be a script element of its page');
/** All files lie beside this one. */
const folder = new URL('.', script.src).href;
const trusted = trustScriptsOf(folder, 'ringscope-frame');

const bodies = new Map<string, Body>();
const modules = new Map<string, Module>();
const files = new Map<string, Promise<void>>();
let filesOf: Readonly<Record<string, readonly string[]>> = {};

globalThis.ringscopeFrame = {
  define: (name, body) => void bodies.set(name, body),
  start: (name, later) => {
    filesOf = later;
    run(name);
  },
};

/** Parts know each other as `./name`. */
function nameOf(from: string): string {
  return from.replace(/^\.\//, '');
}

function run(from: string): Exports {
  const name = nameOf(from);
  const known = modules.get(name);
  // Of two parts that need each other one begins with what the other has so far.
  if (known !== undefined) return known.exports;
  const body = bodies.get(name);
  if (body === undefined) throw new Error(`the part ${name} is not there`);
  const module: Module = { exports: {} };
  modules.set(name, module);
  body(module, module.exports, run, load, `${folder}${name}`);
  return module.exports;
}

async function load(from: string): Promise<Exports> {
  const name = nameOf(from);
  await Promise.all((filesOf[name] ?? []).map(arrival));
  return run(name);
}

function arrival(file: string): Promise<void> {
  let coming = files.get(file);
  if (coming === undefined) {
    coming = file.endsWith('.css') ? styled(file) : loaded(file);
    files.set(file, coming);
    coming.catch(() => {
      // What did not come may come another time. Until then the page hears of it as Vite tells a module page.
      files.delete(file);
      dispatchEvent(new Event('vite:preloadError'));
    });
  }
  return coming;
}

function loaded(file: string): Promise<void> {
  const element = document.createElement('script');
  element.src = trusted(`${folder}${file}`);
  return added(element);
}

function styled(file: string): Promise<void> {
  const element = document.createElement('link');
  element.rel = 'stylesheet';
  element.href = `${folder}${file}`;
  return added(element);
}

function added(element: HTMLScriptElement | HTMLLinkElement): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => {
      element.remove();
      reject(new Error('a part of the frame did not come'));
    });
    document.head.append(element);
  });
}
