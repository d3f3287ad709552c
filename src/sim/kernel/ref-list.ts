import type { RefList } from './grant-alloc.ts';

/** `runs` after `list`: references in the order in which they were handed out. */
export function appendRefs(list: RefList | undefined, runs: RefList): RefList {
  const all: [number, number][] = (list ?? []).map(([first, count]) => [first, count]);
  for (const [first, count] of runs) {
    const last = all.at(-1);
    if (last && last[0] + last[1] === first) last[1] += count;
    else all.push([first, count]);
  }
  return all;
}
