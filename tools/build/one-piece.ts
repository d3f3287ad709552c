import type { Rolldown } from 'vite';

/**
 * Puts all that `file` imports at once into one chunk with it, called `name`: a page in a dozen pieces takes a dozen
 * requests to begin. `also`: further modules by their paths.
 */
export function inOnePiece(
  file: string, name: string, also?: RegExp,
): { codeSplitting: Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined> } {
  const pieces = new Set<string>();
  const add = (id: string, graph: Rolldown.ChunkingContext): void => {
    // The entry needs the one too, and would wait for the whole page; of d3 it needs only a small part.
    if (pieces.has(id) || /vite\/preload-helper|node_modules\/d3\b/.test(id)) return;
    pieces.add(id);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, graph);
  };
  return {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          name: (id, graph) => {
            if (pieces.size === 0) add(file, graph);
            return pieces.has(id) || also?.test(id) === true ? name : null;
          },
          debugName: name,
        },
      ],
    },
  };
}
