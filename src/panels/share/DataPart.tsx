import { useMemo, useState } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill } from '../../content/words.ts';
import { useRecords } from '../../parts/use-part.ts';
import type { Scene } from '../../picture/index.ts';
import { jsonRecords, traceText } from '../../picture/trace.ts';
import { Choice, Setting } from './Choice.tsx';
import css from './share.module.css';
import { TextFile } from './TextFile.tsx';

const t = shareWords.run;
const PARTS = ['until', 'all'] as const;
const FORMATS = ['trace', 'json'] as const;

/** The run as data and as a trace: what the command line writes. */
export default function DataPart({ scene: { run, outline, position } }: { scene: Scene }) {
  const [part, setPart] = useState<(typeof PARTS)[number]>('until');
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('trace');
  const count = part === 'all' ? outline.length : position;
  const records = useRecords(outline, count);
  const text = useMemo(
    () => (records.kind === 'here' ? (format === 'json' ? jsonRecords : traceText)(records.all) : null),
    [records, format],
  );
  const name = ['ringscope', run.scenario, `${count}-steps`].join('-');
  return (
    <>
      <div className={css.settings}>
        <Setting hint={t.formatHow[format]}>
          <Choice label={t.format} values={FORMATS} value={format} nameOf={(one) => t[one]} onPick={setFormat} />
        </Setting>
        <Setting hint={fill(t.count, { count })}>
          <Choice label={t.part} values={PARTS} value={part} nameOf={(one) => t[one]} onPick={setPart} />
        </Setting>
      </div>
      {text !== null && (
        <TextFile text={text} name={`${name}.${format === 'json' ? 'json' : 'txt'}`}
          type={format === 'json' ? 'application/json' : 'text/plain'} format={t[format]} />
      )}
      {records.kind === 'coming' && (
        <p role="status" className={css.hint}>{fill(shareWords.file.reading, { got: records.got, count })}</p>
      )}
      {records.kind === 'failed' && <p role="alert" className={css.refused}>{fill(t.failed, { reason: records.reason })}</p>}
    </>
  );
}
