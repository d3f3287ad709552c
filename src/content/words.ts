import ui from './en/ui.json';
import type { Effect } from '../sim/index.ts';
import type { Note, Notes, Terms } from './schema.ts';

/** Every word of the page that is no note. */
export const words = ui;

/** Values for `{name}` places. */
export type Values = Readonly<Record<string, string | number | undefined>>;

/** Texts cut at their places: words and names in turns. The same few hundred are filled at each step. */
const cut = new Map<string, readonly string[]>();

/** Puts values in the `{name}` places of a text. A place without a value becomes an ellipsis. */
export function fill(text: string, values: Values): string {
  let parts = cut.get(text);
  if (parts === undefined) cut.set(text, (parts = text.split(/\{(\w+)\}/)));
  let filled = parts[0] ?? '';
  for (let i = 1; i < parts.length; i += 2) filled += `${values[parts[i]!] ?? '…'}${parts[i + 1] ?? ''}`;
  return filled;
}

/** The names of a text's `{name}` places. */
export function placesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** The notes of all steps. They are many words, and a step is possible without them: so they come on their own. */
export async function loadNotes(): Promise<Notes> {
  return (await import('./en/steps.json')).default;
}

/** What the words of the trade mean; they come with the notes. */
export async function loadTerms(): Promise<Terms> {
  return (await import('./en/terms.json')).default;
}

/** The note written for `function#label`; undefined if there is none, or the notes are not there yet (null). */
export function noteOf(notes: Notes | null, key: string): Note | undefined {
  return notes !== null && Object.hasOwn(notes, key) ? notes[key] : undefined;
}

/** The note for what the step did: where it was refused, with the words for that. */
export function noteFor(notes: Notes | null, key: string, effects: readonly Effect[]): Note | undefined {
  const note = noteOf(notes, key);
  if (note?.refused === undefined) return note;
  const refused = effects.some(({ result }) => {
    const status: unknown = typeof result === 'object' && result !== null && 'status' in result ? result.status : 0;
    return typeof status === 'number' && status < 0;
  });
  if (!refused) return note;
  const { which: _, ...rest } = note;
  return { ...rest, ...note.refused };
}

/** The title of a step that was taken, with what tells it from others that have the same one. */
export function headingOf({ title, which }: Note, values: Values): string {
  const name = fill(title, values);
  const told = which !== undefined && placesOf(which).every((place) => values[place] !== undefined);
  return told ? `${name}: ${fill(which, values)}` : name;
}

/**
 * The title of an operation's note; without one, "function: label", the function by the name that people
 * read.
 */
export function titleOf(notes: Notes | null, key: string, values: Values, shown?: string): string {
  const note = noteOf(notes, key);
  if (note !== undefined) return fill(note.title, values);
  const [fn = '', label = ''] = key.split('#');
  return label === '' ? (shown ?? fn) : `${shown ?? fn}: ${label}`;
}

/** A stretch of text in one look. */
export interface Span {
  look: 'plain' | 'code' | 'strong';
  text: string;
}

/** Text with `code` and **strong** marks, cut into stretches. Unmatched marks stay as they are. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)) {
    if (match.index > from) spans.push({ look: 'plain', text: text.slice(from, match.index) });
    spans.push(
      match[1] === undefined ? { look: 'strong', text: match[2] ?? '' } : { look: 'code', text: match[1] },
    );
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ look: 'plain', text: text.slice(from) });
  return spans;
}
