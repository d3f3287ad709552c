import { useMemo, useState } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill } from '../../content/words.ts';
import {
  describeHappenings, describeRings, describeStage, happeningsOf, ringsPicture, sequencePicture, sequenceText, stagePicture,
} from '../../picture/index.ts';
import type { Scene, ThemeName } from '../../picture/index.ts';
import { ringChoice } from '../../store/ring-choice.ts';
import { ringName } from '../../store/stage/words.ts';
import type { RingView } from '../../store/view.ts';
import { Choice } from './Choice.tsx';
import { Copy, CopyField } from './Copy.tsx';
import { Download } from './Download.tsx';
import { bytesText, svgAddress, usePng } from './files.ts';
import type { Made } from './files.ts';
import css from './share.module.css';
import { TextFile } from './TextFile.tsx';
import { useRecords } from './use-records.ts';

const t = shareWords.file;
const WHATS = ['stage', 'ring', 'sequence'] as const;
type What = (typeof WHATS)[number];
const FORMATS = ['svg', 'png', 'mermaid'] as const;
type Format = (typeof FORMATS)[number];
const THEMES = ['light', 'dark'] as const;
const ALL = 'all';

function idOf({ direction, queue }: Pick<RingView, 'direction' | 'queue'>): string {
  return `${direction}-${queue}`;
}

/** The ring that the lens shows, where somebody chose one. */
function openRing(): string {
  const { ring } = ringChoice.getState();
  return ring === null ? ALL : idOf(ring);
}

/** How the page looks now. */
function themeNow(): ThemeName {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** What a picture is made of: its documents, and what it shows in words. */
interface Drawing {
  svg: string;
  mermaid: string | null;
  alt: string;
}

/** Pictures of the step, as files. */
export default function PicturePart({ scene }: { scene: Scene }) {
  const [what, setWhat] = useState<What>('stage');
  const [ring, setRing] = useState(openRing);
  const [picked, setFormat] = useState<Format>('svg');
  const [theme, setTheme] = useState(themeNow);
  const formats: readonly Format[] = what === 'sequence' ? FORMATS : FORMATS.filter((one) => one !== 'mermaid');
  const format = formats.includes(picked) ? picked : 'svg';
  const records = useRecords(scene.outline, what === 'sequence' ? scene.position : null);
  const drawing = useMemo((): Drawing | null => {
    if (what === 'stage') return { svg: stagePicture(scene, { theme }), mermaid: null, alt: describeStage(scene) };
    if (what === 'ring') {
      const own = scene.view.rings.filter((one) => idOf(one) === ring);
      const shown = own.length === 0 ? scene : { ...scene, view: { ...scene.view, rings: own } };
      return { svg: ringsPicture(shown, { theme }), mermaid: null, alt: describeRings(shown) };
    }
    if (records.kind !== 'here') return null;
    const happenings = happeningsOf(records.records, scene.outline);
    return {
      svg: sequencePicture(scene, happenings, { theme }), mermaid: sequenceText(scene, happenings),
      alt: describeHappenings(scene, happenings),
    };
  }, [what, ring, theme, scene, records]);
  const name = ['ringscope', scene.run.scenario, `step-${scene.position}`, what].join('-');
  return (
    <>
      <div className={css.row}>
        <Choice label={t.what} values={WHATS} value={what} nameOf={(one) => t[one]} onPick={setWhat} />
        {what === 'ring' && scene.view.rings.length > 0 && (
          <select className="button" aria-label={t.whichRing} value={scene.view.rings.some((one) => idOf(one) === ring) ? ring : ALL}
            onChange={({ target }) => setRing(target.value)}>
            <option value={ALL}>{t.allRings}</option>
            {scene.view.rings.map((one) => (
              <option key={idOf(one)} value={idOf(one)}>{fill(t.oneRing, { ring: ringName(one), queue: one.queue })}</option>
            ))}
          </select>
        )}
        <Choice label={t.format} values={formats} value={format} nameOf={(one) => t[one]} onPick={setFormat} />
        {format !== 'mermaid' && (
          <Choice label={t.colours} values={THEMES} value={theme} nameOf={(one) => t[one]} onPick={setTheme} />
        )}
      </div>
      <p className={css.hint}>{t.whatHow[what]}</p>
      {drawing === null
        ? <p role={records.kind === 'failed' ? 'alert' : 'status'} className={records.kind === 'failed' ? css.refused : css.hint}>
            {records.kind === 'failed'
              ? fill(t.failed, { reason: records.reason })
              : fill(t.reading, { got: records.kind === 'coming' ? records.got : scene.position, count: scene.position })}
          </p>
        : format === 'mermaid' && drawing.mermaid !== null
          ? <TextFile text={drawing.mermaid} name={`${name}.mmd`} type="text/plain" format={t.mermaid} />
          : <PictureFile drawing={drawing} format={format === 'png' ? 'png' : 'svg'} name={`${name}-${theme}.${format}`} />}
      {drawing !== null && <CopyField label={t.alt} name={shareWords.copyAlt} text={drawing.alt} rows={4} />}
    </>
  );
}

function PictureFile({ drawing: { svg, alt }, format, name }: { drawing: Drawing; format: 'svg' | 'png'; name: string }) {
  const png = usePng(format === 'png' ? svg : null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const file = useMemo(() => new Blob([svg], { type: 'image/svg+xml' }), [svg]);
  const made: Made = format === 'png' ? png : { kind: 'here', blob: file, ...size };
  const blob = made.kind === 'here' ? made.blob : null;
  const copy = async (): Promise<void> => {
    if (format === 'svg') return navigator.clipboard.writeText(svg);
    if (blob === null) throw new Error(t.noPng);
    return navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
  };
  return (
    <div className={css.file}>
      <div className={css.above}>
        <Download file={blob} name={name} />
        <Copy key={format} name={fill(t.copyAs, { format: t[format] })} copy={copy}
          refused={format === 'svg' ? t.noTextCopy : t.noPictureCopy} />
        <span className={css.hint}>
          {made.kind === 'here' && made.width > 0 && fill(t.size, { width: made.width, height: made.height, bytes: bytesText(made.blob.size) })}
          {made.kind === 'coming' && t.drawing}
        </span>
      </div>
      {made.kind === 'failed' && <p role="alert" className={css.refused}>{fill(t.failed, { reason: made.reason })}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it */}
      <div className={css.picture} role="group" aria-label={t.preview} tabIndex={0}>
        <img src={svgAddress(svg)} alt={alt}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })} />
      </div>
    </div>
  );
}
