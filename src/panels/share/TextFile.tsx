import { useMemo } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill } from '../../content/words.ts';
import { Copy } from './Copy.tsx';
import { Download } from './Download.tsx';
import { bytesText } from './files.ts';
import css from './share.module.css';

const t = shareWords.file;
/** Of a long text the beginning is shown: it is there to see what it looks like. */
const MOST_LINES = 100;

/** A text as a file: to download, to copy, and the beginning of it. */
export function TextFile({ text, name, type, format }: { text: string; name: string; type: string; format: string }) {
  const file = useMemo(() => new Blob([text], { type }), [text, type]);
  const lines = useMemo(() => text.trimEnd().split('\n'), [text]);
  return (
    <div className={css.file}>
      <div className={css.above}>
        <Download file={file} name={name} />
        <Copy name={fill(t.copyAs, { format })} copy={() => navigator.clipboard.writeText(text)} refused={t.noTextCopy} />
        <span className={css.hint}>{fill(t.textSize, { count: lines.length, bytes: bytesText(file.size) })}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it */}
      <pre className={css.text} role="group" aria-label={t.preview} tabIndex={0}>
        {lines.slice(0, MOST_LINES).join('\n')}
        {lines.length > MOST_LINES && `\n${fill(t.rest, { count: lines.length - MOST_LINES })}`}
      </pre>
    </div>
  );
}
