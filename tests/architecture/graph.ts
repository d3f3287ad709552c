/** Prints who imports whom, layer by layer: `npx tsx tests/architecture/graph.ts`. */
import { edges, readFiles } from './check.ts';

const counts = new Map<string, number>();
for (const { from, to } of edges(readFiles('.', ['src', 'tools']))) {
  const edge = `${from} -> ${to}`;
  counts.set(edge, (counts.get(edge) ?? 0) + 1);
}
for (const [edge, count] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`${edge} (${count})`);
