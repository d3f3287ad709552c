/**
 * Reads what permalink.ts writes. Apart from it, because most visits begin without a link. Pure.
 */
import * as v from 'valibot';
import type { Place, RunSpec } from '../engine/protocol.ts';
import { BACKENDS, DEFAULT_RUN, FRAMES, PAGES, QUEUES } from './config.ts';
import { LENSES } from './lenses.ts';
import { checkDigits, LINK_VERSION, split, STATE_DIGITS } from './permalink.ts';
import type { LinkExtras } from './permalink.ts';

export type Link =
  | { kind: 'none' }
  | ({ kind: 'good'; run: RunSpec; at: Place } & LinkExtras)
  /** `problem` is for people: `why` it cannot be followed, and what is shown instead. `run` and `at` are the nearest that can be. */
  | { kind: 'bad'; run: RunSpec; at: Place; problem: string; why: string };

const BEGINNING: Place = { kind: 'position', position: 0 };

const whole = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max));
const position = whole(0, 999_999_999);
const pages = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.picklist(PAGES));
const name = v.pipe(
  v.string(),
  v.check((text) => decodable(text)),
  v.transform(decodeName),
  v.nonEmpty(),
);

const backend = v.picklist(BACKENDS);
const queues = whole(QUEUES.min, QUEUES.max);
const frames = whole(FRAMES.min, FRAMES.max);
const usual = DEFAULT_RUN.config;

/** The parts of a link that make the run, in their order, as people call them. */
const runParts = [
  ['scenario', 'scenario'],
  ['txPages', 'number of TX ring pages'],
  ['rxPages', 'number of RX ring pages'],
  ['queues', 'number of queues'],
  ['maxGrantFrames', 'number of grant frames'],
  ['backend', 'kind of backend'],
] as const;
const runSchema = v.object({
  scenario: name,
  txPages: pages,
  rxPages: pages,
  queues,
  maxGrantFrames: frames,
  backend,
});
const lenientSchema = v.object({
  scenario: v.fallback(name, DEFAULT_RUN.scenario),
  txPages: v.fallback(pages, 4),
  rxPages: v.fallback(pages, 4),
  queues: v.fallback(queues, usual.queues),
  maxGrantFrames: v.fallback(frames, usual.maxGrantFrames),
  backend: v.fallback(backend, usual.backend),
});

const choiceSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,9}~[^~]+$/),
  v.transform((text) => text.split('~')),
  v.tuple([position, name]),
);

const occurrenceSchema = whole(1, 999_999_999);

/** How many parts a link of each version has. */
const PARTS: Readonly<Record<number, number>> = { 1: 10, 2: 12 };
const STATE = new RegExp(`^[0-9a-f]{${STATE_DIGITS}}$`);

/**
 * Reads the fragment of an address, with or without its `#`. Never throws: a link that cannot be followed
 * comes back with what is wrong with it and the nearest run that can be shown.
 */
export function parseLink(fragment: string): Link {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { kind: 'none' };
  const version = /^v(\d+)(?:\.|$)/.exec(text);
  if (version === null) return damaged(DEFAULT_RUN, `it does not begin with a version such as v${LINK_VERSION}`);
  if (Number(version[1]) > LINK_VERSION) {
    const why = `it was made by a newer RingScope (version ${version[1]}); this one reads version ${LINK_VERSION}`;
    const problem =
      `This link was made by a newer RingScope (version ${version[1]}); this one reads version ` +
      `${LINK_VERSION}. It shows the beginning of the usual run instead.`;
    return { kind: 'bad', run: DEFAULT_RUN, at: BEGINNING, problem, why };
  }
  const parts = PARTS[Number(version[1])];
  if (parts === undefined) return damaged(DEFAULT_RUN, `there never was a version ${version[1]}`);
  const found = text.split('.');
  const { run, problem } = readRun(found);
  if (problem !== undefined) return damaged(run, problem);
  if (found.length < parts) return damaged(run, 'its end is missing');
  if (found.length > parts) return damaged(run, `it has more parts than a link of version ${version[1]}`);
  if (found.at(-1) !== checkDigits(found.slice(0, -1).join('.'))) {
    return damaged(run, 'its check digits do not match, so it was cut or changed');
  }
  const choices = readChoices(found[7] ?? '');
  if (choices === undefined) return damaged(run, 'its choices cannot be read');
  const at = readPlace(found[8] ?? '');
  if (at === undefined) return damaged(run, 'its place in the run cannot be read');
  const [state = '-', lens = '-'] = found.slice(9, -1);
  if (state !== '-' && !STATE.test(state)) return damaged(run, 'its state cannot be read');
  const view = LENSES.find((one) => one === lens);
  if (lens !== '-' && view === undefined) return damaged(run, `there is no lens “${lens.slice(0, 40)}”`);
  return { kind: 'good', run: { ...run, choices }, at, state: state === '-' ? null : state, lens: view ?? null };
}

function damaged(run: RunSpec, why: string): Link {
  return {
    kind: 'bad',
    run,
    at: BEGINNING,
    problem: `This link is damaged: ${why}. It shows the beginning instead.`,
    why,
  };
}

/** Scenario and configuration; the default stands in for every part that is missing or unreadable. */
function readRun(found: readonly string[]): { run: RunSpec; problem?: string } {
  const raw = Object.fromEntries(runParts.map(([field], index) => [field, found[index + 1] ?? '']));
  const { scenario, ...config } = v.parse(lenientSchema, raw);
  const run = { scenario, config, choices: [] };
  const wrong = v.safeParse(runSchema, raw).issues?.[0]?.path?.[0].key;
  const what = runParts.find(([field]) => field === wrong)?.[1];
  if (what === undefined) return { run };
  const text = raw[String(wrong)] ?? '';
  return { run, problem: text === '' ? `its ${what} is missing` : `“${text}” is not a ${what}` };
}

function readChoices(text: string): RunSpec['choices'] | undefined {
  if (text === '-') return [];
  const read = v.safeParse(v.array(choiceSchema), text.split(','));
  if (!read.success) return undefined;
  const ascending = read.output.every(([where], i) => i === 0 || where > read.output[i - 1]![0]);
  return ascending ? read.output : undefined;
}

function readPlace(text: string): Place | undefined {
  const where = v.safeParse(position, text);
  if (where.success) return { kind: 'position', position: where.output };
  if (text.startsWith('@')) {
    const chapter = v.safeParse(name, text.slice(1));
    return chapter.success ? { kind: 'chapter', chapter: chapter.output } : undefined;
  }
  const [key = '', count = '1'] = split(text, '~');
  const [fn, label] = split(key, '!');
  const read = v.safeParse(v.tuple([name, name, occurrenceSchema]), [fn, label, count]);
  if (!read.success) return undefined;
  return { kind: 'key', key: `${read.output[0]}#${read.output[1]}`, occurrence: read.output[2] };
}

function decodeName(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function decodable(text: string): boolean {
  try {
    decodeName(text);
    return true;
  } catch {
    return false;
  }
}
