import { readFileSync } from 'node:fs';
import type { Notes } from '../../src/content/schema.ts';

let read: Notes | undefined;

/** The notes of all steps, which the page fetches. */
export function notes(): Notes {
  read ??= JSON.parse(readFileSync(new URL('../../src/content/en/steps.json', import.meta.url),
    'utf8')) as Notes;
  return read;
}
