// Draws a step without a browser: npm run -s render -- --profile netif-multipage --pages 4 --step end --out out.svg
// Several steps, one after the other: --from mapping --to mapping --seconds 2.
// The end of the file's name says what is written: .svg a picture, .mmd the sequence as Mermaid text, .json or .txt the run
// up to that step. Exit status: 0 written, 2 the command line cannot be used, and nothing is written.
import { writeFileSync } from 'node:fs';
import { ask } from './render/ask.ts';
import { content } from './render/content.ts';
import { UsageError } from './options.ts';

const USAGE =
  'usage: render [--profile ID | --scenario ID] [--pages N] [--tx-pages N] [--rx-pages N] [--queues N] [--backend pv|pvh] ' +
  '[--max-grant-frames N] | --link LINK; [--step STEP | --from STEP --to STEP [--seconds N]], where STEP is ' +
  'N|start|end|CHAPTER|FUNCTION#LABEL[~N]; ' +
  '[--what stage|rings|sequence] [--theme light|dark] --out FILE.svg|.mmd|.json|.txt';

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = { ENOENT: 'there is no such folder', EISDIR: 'it is a folder',
      EACCES: 'it may not be written' }[code];
    throw new UsageError(`${file} cannot be written: ${why ?? code}`);
  }
}

try {
  const asked = ask(process.argv.slice(2));
  write(asked.out, content(asked));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`render: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
