/** What the package is made of: the source of each entry, by the name that `exports` in package.json gives its file in lib/. */
export const ENTRIES: Readonly<Record<string, string>> = {
  sim: 'src/api/sim.ts',
};
