import type { Outline, Place, RunSpec } from '../engine/protocol.ts';
import type { Lens } from './lenses.ts';
import { keyOf } from './outline.ts';
import { formatLink } from './permalink.ts';

interface Here {
  run: RunSpec;
  outline: Outline | null;
  position: number;
  /** Of the state there; empty or absent where it is not known. */
  fingerprint?: string;
  lens?: Lens;
  /** Null or absent where nobody opened one. */
  lensOpen?: boolean | null;
}

/**
 * The fragment that leads back here. A step of the natural order is named by its key, which survives changes
 * of the program elsewhere; where choices were made, positions count anyway.
 */
export function currentFragment({ run, outline, position, fingerprint = '', lens, lensOpen }: Here): string {
  const at: Place = { kind: 'position', position };
  const step = outline === null || run.choices.length > 0 ? undefined : keyOf(outline, position - 1);
  return formatLink(run, step === undefined ? at : { kind: 'key', ...step }, {
    state: fingerprint === '' ? null : fingerprint,
    lens: lensOpen === true && lens !== undefined ? lens : null,
  });
}

/** The address of this step in the full page. `href` is that of the page, embedded or not. */
export function currentAddress(here: Here, href: string): string {
  const url = new URL('./', href);
  url.hash = currentFragment(here);
  return url.href;
}
