import type { Note } from './schema.ts';

/** The note as it is true with that backend. */
export function withBackend(note: Note, backend: 'pv' | 'pvh'): Note {
  return backend === 'pvh' && note.pvh !== undefined ? { ...note, text: note.pvh } : note;
}

/** What is left to say where the run came to the step before: what differs, if the note says so, else all but what is believed. */
export function repeated({ myth: _myth, ...note }: Note): Note {
  const { title, which, again } = note;
  if (again === undefined) return note;
  return which === undefined ? { title, text: again } : { title, which, text: again };
}
