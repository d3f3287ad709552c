// Lists the scenarios that ship, with the place in the notes that each follows: npm run -s scenarios
import { scenarios } from '../src/sim/index.ts';

const widthOf = (words: readonly string[]): number => Math.max(...words.map(({ length }) => length));
const ids = widthOf(scenarios.map(({ id }) => id));
const references = widthOf(scenarios.map(({ reference }) => reference));
for (const { id, title, reference } of scenarios) {
  process.stdout.write(`${id.padEnd(ids)}  ${reference.padEnd(references)}  ${title}\n`);
}
