/** Which run a frame shows, as an author names it in options, attributes and messages. Pure. */
import { embedWords as t } from '../content/embed.ts';
import { fill } from '../content/words.ts';
import { PAGES, QUEUES } from '../store/config.ts';
import { readPlaceText } from '../store/place-text.ts';
import type { Place } from '../store/store.ts';

/** What is undefined is as the scenario has it. */
export interface Shown {
  scenario: string | undefined;
  /** Of each ring. */
  pages: number | undefined;
  queues: number | undefined;
  /** Undefined for the beginning. */
  step: Place | 'end' | undefined;
}

const COUNTS = { pages: PAGES, queues: Array.from({ length: QUEUES.max }, (_, index) => index + QUEUES.min) } as const;

/** Enough of it to be recognized. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The place that the option names; undefined, and a problem more, where it names none. */
export function placeOf(option: string, text: string | null, problems: string[]): Place | undefined {
  if (text === null) return undefined;
  const read = readPlaceText(text);
  if (read === undefined) problems.push(fill(t.noPlace, { value: short(text), option }));
  return read;
}

/** The run that `textOf` names, option by option (null for none), and what of it could not be followed, for people. */
export function readShown(textOf: (option: keyof Shown) => string | null): { shown: Shown; problems: readonly string[] } {
  const problems: string[] = [];
  const count = (option: keyof typeof COUNTS): number | undefined => {
    const text = textOf(option);
    const found = COUNTS[option].find((one) => String(one) === text?.trim());
    if (text !== null && found === undefined) problems.push(fill(t.unknown, { value: short(text), option, choices: COUNTS[option].join(', ') }));
    return found;
  };
  const step = textOf('step');
  return {
    shown: {
      scenario: textOf('scenario') ?? undefined,
      pages: count('pages'),
      queues: count('queues'),
      step: step === 'end' ? step : placeOf('step', step === 'start' ? null : step, problems),
    },
    problems,
  };
}
