/** What a frame tells the page around it, with `ringscope: 1` (messages.ts). Part of the package: it names no type of others. */

export type FrameMessage =
  | { type: 'ready'; scenarios: readonly string[] }
  /** How high it is, in CSS pixels; only with `height=auto`. */
  | { type: 'height'; height: number }
  | { type: 'step'; position: number; length: number; key: string | null; link: string }
  | { type: 'chapter'; id: string; title: string }
  | { type: 'playing'; playing: boolean }
  | { type: 'state'; id?: string | number; state: Summary }
  /** The document of a <ring-scope> is to be made anew at this fragment, which it cannot do itself. */
  | { type: 'reload'; link: string }
  /** What a message, an option or a link asked for and could not be done. */
  | { type: 'error'; reason: string };

/** The state at the step shown, as far as a page can use it that knows nothing of Xen. */
export interface Summary {
  /** The fragment that leads to this step. */
  link: string;
  scenario: string;
  config: Readonly<Record<string, string | number>>;
  position: number;
  length: number;
  playing: boolean;
  /** The step that led here; null at the beginning. */
  step: { key: string; thread: string; party: string } | null;
  chapter: { id: string; title: string } | null;
  /** As xenstore has them; null while there is no such key. */
  states: { frontend: number | null; backend: number | null };
  rings: readonly { direction: string; queue: number; pages: number; mapped: number }[];
  /** Grant entries in use, and how many of them Xen has pinned for a mapping. */
  grants: { used: number; mapped: number };
  fingerprint: string;
}
