// Lists the scenarios that ship: npm run -s scenarios
import { scenarios } from '../src/sim/index.ts';

const width = Math.max(...scenarios.map(({ id }) => id.length));
for (const { id, title, summary } of scenarios) {
  process.stdout.write(`${id.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${summary}\n`);
}
