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

/** Where the script runs: in a page, to define the element; in a frame, to draw it; in a worker, as the engine. */
type Role = 'host' | 'frame' | 'worker';

declare global {
  /** How a file of the frame hands over its parts. */
  var ringscopeFrame: {
    /** The address of the script itself. */
    script: string;
    define: (name: string, body: Body) => void;
    /** A sheet that a part needs, for where there is no file of it. */
    style: (name: string, text: string) => void;
    /**
     * Runs the part of the role that the script has here. `later` says which files a part that comes later lies in, with all
     * that it needs; `sheets` are those of the frame's beginning.
     */
    start: (parts: Readonly<Partial<Record<Role, string>>>, later: Readonly<Record<string, readonly string[]>>, sheets?: readonly string[]) => void;
  };
}

const script = typeof document === 'undefined' ? undefined : document.currentScript;
if (script !== undefined && !(script instanceof HTMLScriptElement)) throw new Error('this script is no module: load it without type="module"');
const role: Role = script === undefined ? 'worker' : script.dataset['frame'] === undefined ? 'host' : 'frame';
const address = script?.src ?? '';
/** Files lie beside this one, unless the frame was told where. */
const folder = address === '' ? '' : new URL('.', address).href;
const elsewhere: Readonly<Record<string, string | undefined>> = { 'ring-scope-more.js': script?.dataset['more'] };

const bodies = new Map<string, Body>();
const modules = new Map<string, Module>();
const sheets = new Map<string, string>();
const files = new Map<string, Promise<void>>();
let filesOf: Readonly<Record<string, readonly string[]>> = {};
let trusted: ((address: string) => string) | undefined;

globalThis.ringscopeFrame = {
  script: address,
  define: (name, body) => void bodies.set(name, body),
  style: (name, text) => void sheets.set(name, text),
  start: (parts, later, first = []) => {
    filesOf = later;
    if (role === 'frame') first.forEach(adopt);
    const part = parts[role];
    if (part === undefined) throw new Error(`this script is nothing to load as a ${role}`);
    run(part);
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
  const needs = filesOf[name] ?? [];
  await Promise.all(needs.filter((file) => file.endsWith('.js')).map(arrival));
  // A sheet may have come with the scripts.
  await Promise.all(needs.filter((file) => file.endsWith('.css')).map(arrival));
  return run(name);
}

function arrival(file: string): Promise<void> {
  let coming = files.get(file);
  if (coming === undefined) {
    coming = file.endsWith('.js') ? loaded(file) : styled(file);
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
  trusted ??= trustScriptsOf(folder, 'ringscope-frame');
  element.src = trusted(elsewhere[file] ?? `${folder}${file}`);
  return added(element);
}

async function styled(file: string): Promise<void> {
  if (sheets.has(file)) return adopt(file);
  const element = document.createElement('link');
  element.rel = 'stylesheet';
  element.href = `${folder}${file}`;
  return added(element);
}

/** Sheets made here are what a policy on styles lets pass. */
function adopt(file: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheets.get(file) ?? '');
  document.adoptedStyleSheets.push(sheet);
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
