import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { logWords as t } from '../../content/log.ts';
import { fill, words } from '../../content/words.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Segmented } from '../../parts/Segmented.tsx';
import { afterLayout } from '../../store/after-layout.ts';
import { commands } from '../../store/commands.ts';
import { useSettled } from '../../store/settled.ts';
import { asText, filterLines, KERNELS, logLines, stamp } from './log/model.ts';
import type { Kernel, LogLine } from './log/model.ts';
import css from './log/log.module.css';

const WHO = ['both', ...KERNELS] as const;
type Who = (typeof WHO)[number];

function nameOf(who: Who): string {
  return who === 'both' ? t.both : words.party[who];
}

interface LineProps {
  line: LogLine;
  /** The current step printed it. */
  hot: boolean;
}

const Line = memo(function Line({ line: { kernel, text, position, bad, code }, hot }: LineProps) {
  const goTo = position === 0 ? t.before : fill(t.goTo, { step: position });
  return (
    <li className={css.line} data-party={kernel} data-hot={hot}>
      <button
        type="button"
        className={css.stamp}
        title={goTo}
        aria-label={goTo}
        onClick={() => commands.seek(position)}
      >
        {stamp(position)}
      </button>
      <span className={css.who}>{words.party[kernel]}</span>
      <span className={css.mark} title={bad ? t.badHow : undefined}>
        {bad && (
          <>
            <span aria-hidden="true">!</span>
            <span className="visually-hidden">{t.bad}</span>
          </>
        )}
      </span>
      <span className={css.text}>{text}{code !== null && <>{' '}<span className={css.code}>({code})</span></>}</span>
    </li>
  );
});

function Lines({ lines }: { lines: readonly LogLine[] }) {
  const position = useSettled((state) => state.position);
  const list = useRef<HTMLOListElement>(null);
  const count = lines.length;
  useEffect(
    () =>
      afterLayout(() => {
        if (count === 0) return;
        // The newest message is the one to see; while nobody prints, a person may scroll. Where the lens is long, the lens scrolls.
        for (const box of [list.current, list.current?.parentElement?.closest('[data-scrolls]')]) {
          if (box) box.scrollTop = box.scrollHeight;
        }
      }),
    [count],
  );
  return (
    <ol className={css.lines} ref={list} aria-label={t.name} data-scrolls>
      {lines.map((line) => (
        <Line key={line.id} line={line} hot={line.position === position && position > 0} />
      ))}
    </ol>
  );
}

/** What both kernels have printed, as dmesg would show it but for the time: that is the step's number, which leads there. */
export function LogLens() {
  const domU = useSettled((state) => state.stage.frontend.log);
  const dom0 = useSettled((state) => state.stage.backend.log);
  const printed = useSettled((state) => state.printed);
  const [who, setWho] = useState<Who>('both');
  const [text, setText] = useState('');
  const all = useMemo(() => logLines({ domU, dom0 }, printed), [domU, dom0, printed]);
  const lines = useMemo(() => filterLines(all, who, text), [all, who, text]);
  if (all.length === 0) return <p className={css.none}>{t.empty}</p>;
  const silent = who !== 'both' && !all.some(({ kernel }) => kernel === who);
  return (
    <div className={css.log}>
      <div className={css.tools}>
        <Segmented label={t.from} values={WHO} value={who} nameOf={nameOf} onPick={setWho} />
        <input
          type="search"
          className={css.filter}
          value={text}
          placeholder={t.filter}
          aria-label={t.filterHow}
          onChange={({ target }) => setText(target.value)}
        />
        <span className={css.count} role="status" aria-label={fill(t.countHow, { shown: lines.length, all: all.length })}>
          {fill(t.count, { shown: lines.length, all: all.length })}
        </span>
        <CopyButton name={t.copy} make={() => asText(lines, (kernel: Kernel) => words.party[kernel])} />
      </div>
      {lines.length > 0 ? (
        <Lines lines={lines} />
      ) : (
        <p className={css.none}>{silent ? fill(t.silent, { who: nameOf(who) }) : fill(t.noMatch, { text: text.trim() })}</p>
      )}
    </div>
  );
}
