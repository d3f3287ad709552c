import { readdirSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');

/** The style sheets that have names of their own, by their paths, in an order that is the same on every machine. */
const sheets = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.module.css'))
  .map((file) => file.split(sep).join('/'))
  .sort();

/**
 * The name of a class, or of keyframes, in the output: the number of its sheet, and its own in it. It is short, since it
 * stands in the sheet and in the script, and like its neighbours, so that both compress well; a hash is neither.
 */
export function className(name: string, file: string, sheet: string): string {
  const number = sheets.indexOf(relative(SOURCES, file).split(sep).join('/'));
  const names = Array.from(sheet.matchAll(/(?:\.|@keyframes\s+)([a-z][\w-]*)/gi), ([, one]) => one);
  const own = [...new Set(names)].indexOf(name);
  if (number < 0 || own < 0) throw new Error(`no number for the class ${name} of ${file}`);
  return `r${number.toString(36)}${String.fromCharCode(65 + (own % 26))}${own < 26 ? '' : Math.floor(own / 26)}`;
}
