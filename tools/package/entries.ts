/** What the package is made of: the source of each entry, by the name that `exports` in package.json gives its file in lib/. */
export const ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/embed/element/index.ts',
  react: 'src/embed/element/react.tsx',
  sim: 'src/api/sim.ts',
};
