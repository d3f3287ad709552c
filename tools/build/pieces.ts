import type { Rolldown } from 'vite';

/** A file that comes in one chunk with all that it imports at once. */
export interface Piece {
  file: string;
  name: string;
  /** Further modules by their paths. */
  also?: RegExp;
}

/**
 * Puts all that a file imports at once into one chunk with it: a page in a dozen pieces takes a dozen requests to begin.
 * What more than one of them imports is in the first, and so are all their styles, which take less room in one sheet.
 */
export function inPieces(
  ...pieces: readonly Piece[]
): { codeSplitting: Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined> } {
  const names = new Map<string, string>();
  const add = (id: string, name: string, graph: Rolldown.ChunkingContext): void => {
    // The entry needs the one too, and would wait for the whole page; of d3 it needs only a small part.
    if (names.has(id) || /vite\/preload-helper|node_modules\/d3\b/.test(id)) return;
    names.set(id, id.endsWith('.css') ? pieces[0]!.name : name);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, name, graph);
  };
  return {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          name: (id, graph) => {
            if (names.size === 0) for (const { file, name } of pieces) add(file, name, graph);
            return names.get(id) ?? pieces.find(({ also }) => also?.test(id))?.name ?? null;
          },
          debugName: pieces.map(({ name }) => name).join(' and '),
        },
      ],
    },
  };
}
