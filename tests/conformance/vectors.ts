import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a recorded file. */
export function vectorPath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/vectors/${name}`, import.meta.url));
}

export function vectorText(name: string): string {
  return readFileSync(vectorPath(name), 'utf8');
}
