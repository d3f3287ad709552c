/** What the words of the page look like. All prose is plain text with two marks: `code` and **strong**. */

/** The note of one step. Numbers come from the run: `{name}` stands for one of its values. */
export interface Note {
  /** One line, present tense, no full stop. */
  title: string;
  /** What tells the step from others with the same title, by values of the step itself. */
  which?: string;
  /** What happens: two to four sentences. A blank line begins a paragraph. */
  text: string;
  /** Why it exists. */
  why?: string;
  /** Instead of `text`, where dom0 runs as PVH. */
  pvh?: string;
  /** Instead of text, why and myth where the run came to the step before: `{turn}` of `{turns}` calls in a row. */
  again?: string;
  /** Instead of the above, where the operation answers with an error: a status below 0. */
  refused?: { title: string; text: string; why?: string };
  /** What is commonly believed, and what the kernel does. Only at the step that settles it. */
  myth?: { said: string; does: string };
}

/** By `function#label`. */
export type Notes = Readonly<Record<string, Note>>;

/** One word of the trade, and what it means. */
export interface Term {
  /** As it is listed. */
  term: string;
  /** Other ways to write it, such as its plural. */
  forms?: readonly string[];
  /** One sentence. */
  means: string;
}

export type Terms = readonly Term[];
