/** Where in Linux or Xen the functions are that the site's text names: what the model itself says of them. */
import type { Citation } from '../../src/sim/index.ts';
import { UsageError } from '../options.ts';
import { spotOf } from './spot.ts';

/** Runs that between them come to every function that the text names: coming together, and coming apart. */
const RUNS = [{}, { backend: 'pvh' }, { scenario: 'close-unplug' }];

let known: Map<string, Citation> | undefined;

/** The citation of the function shown by that name. @throws UsageError if no run of the site comes to it */
export function citationOf(name: string): Citation {
  known ??= new Map(RUNS.flatMap((options) => spotOf('0', options).run.recorder.op.map(({ fn }) => [fn.shown, fn.info.cite])));
  const found = known.get(name);
  if (found === undefined) throw new UsageError(`no run of the site comes to a function ${name}`);
  return found;
}

/** The function as the text names it: its name, and the file it is in with the line where it is known. */
export function citedName(name: string): string {
  const { project, path, symbol, line } = citationOf(name);
  const where = `${project === 'Xen' ? 'Xen ' : ''}${path}${line === undefined ? '' : `:${line}`}`;
  const today = symbol === name ? '' : `${symbol}, `;
  return `\`${name}\` <span class="cite">${today}${where}</span>`;
}
