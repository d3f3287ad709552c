import { useMemo, useState } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill } from '../../content/words.ts';
import { useRecords } from '../../parts/use-part.ts';
import type { Part } from '../../parts/use-part.ts';
import {
  animation, describeAnimation, describeHappenings, describeRings, describeStage, happeningsOf, ringsPicture, sequencePicture, sequenceText,
  stagePicture, whyNot,
} from '../../picture/index.ts';
import type { Scene, ThemeName } from '../../picture/index.ts';
import { ringChoice } from '../../store/ring-choice.ts';
import { ringName } from '../../store/stage/words.ts';
import { Choice } from './Choice.tsx';
import { Copy, CopyField } from './Copy.tsx';
import { Download } from './Download.tsx';
import { bytesText, svgAddress, usePng } from './files.ts';
import type { Made } from './files.ts';
import { chapterRange, idOf, withRing } from './scenes.ts';
import css from './share.module.css';
import { TextFile } from './TextFile.tsx';
import { useMoments } from './use-moments.ts';

const t = shareWords.file;
const WHATS = ['stage', 'ring', 'sequence'] as const;
type What = (typeof WHATS)[number];
const FORMATS = ['svg', 'png', 'mermaid'] as const;
type Format = (typeof FORMATS)[number];
const THEMES = ['light', 'dark'] as const;
const EXTENTS = ['step', 'chapter'] as const;
type Extent = (typeof EXTENTS)[number];
const PACES = ['1', '2', '4'] as const;
const ALL = 'all';

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
  const [extent, setExtent] = useState<Extent>('step');
  const [pace, setPace] = useState<(typeof PACES)[number]>('2');
  const moves = what !== 'sequence' && extent === 'chapter';
  const formats: readonly Format[] = moves ? ['svg'] : what === 'sequence' ? FORMATS : FORMATS.filter((one) => one !== 'mermaid');
  const format = formats.includes(picked) ? picked : 'svg';
  const records = useRecords(scene.outline, what === 'sequence' ? scene.position : null);
  const { from, to } = chapterRange(scene);
  const refused = moves ? whyNot(from, to) : null;
  const moments = useMoments(scene.outline, from, moves && refused === null ? to - from + 1 : null);
  const drawing = useMemo((): Drawing | null => {
    if (moves) {
      if (moments.kind !== 'here') return null;
      const scenes = moments.all.map((moment) => ({ ...scene, ...moment }));
      const options = { what: what === 'ring' ? 'rings' : 'stage', seconds: Number(pace) } as const;
      const shown = what === 'ring' ? withRing(scenes, ring) : scenes;
      return { svg: animation(shown, { ...options, theme }), mermaid: null, alt: describeAnimation(shown, options) };
    }
    if (what === 'stage') return { svg: stagePicture(scene, { theme }), mermaid: null, alt: describeStage(scene) };
    if (what === 'ring') {
      const [shown = scene] = withRing([scene], ring);
      return { svg: ringsPicture(shown, { theme }), mermaid: null, alt: describeRings(shown) };
    }
    if (records.kind !== 'here') return null;
    const happenings = happeningsOf(records.all, scene.outline);
    return {
      svg: sequencePicture(scene, happenings, { theme }), mermaid: sequenceText(scene, happenings),
      alt: describeHappenings(scene, happenings),
    };
  }, [what, ring, theme, scene, records, moves, moments, pace]);
  const name = ['ringscope', scene.run.scenario, moves ? `steps-${from}-${to}` : `step-${scene.position}`, what].join('-');
  const reading = moves ? { part: moments, count: to - from + 1 } : { part: records, count: scene.position };
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
        {what !== 'sequence' && (
          <Choice label={t.steps} values={EXTENTS} value={extent} nameOf={(one) => t.extent[one]} onPick={setExtent} />
        )}
        {moves && (
          <Choice label={t.pace} values={PACES} value={pace} nameOf={(one) => fill(t.seconds, { count: one })} onPick={setPace} />
        )}
        <Choice label={t.format} values={formats} value={format} nameOf={(one) => t[one]} onPick={setFormat} />
        {format !== 'mermaid' && (
          <Choice label={t.colours} values={THEMES} value={theme} nameOf={(one) => t[one]} onPick={setTheme} />
        )}
      </div>
      <p className={css.hint}>{moves ? t.movesHow : t.whatHow[what]}</p>
      {drawing === null
        ? <Reading part={refused === null ? reading.part : { kind: 'failed', reason: refused }} count={reading.count} />
        : format === 'mermaid' && drawing.mermaid !== null
          ? <TextFile text={drawing.mermaid} name={`${name}.mmd`} type="text/plain" format={t.mermaid} />
          : <PictureFile drawing={drawing} format={format === 'png' ? 'png' : 'svg'} name={`${name}-${theme}.${format}`} />}
      {drawing !== null && <CopyField label={t.alt} name={shareWords.copyAlt} text={drawing.alt} rows={4} />}
    </>
  );
}

/** How far the run is read, or why there is no picture. */
function Reading({ part, count }: { part: Part<unknown>; count: number }) {
  if (part.kind === 'failed') return <p role="alert" className={css.refused}>{fill(t.failed, { reason: part.reason })}</p>;
  return <p role="status" className={css.hint}>{fill(t.reading, { got: part.kind === 'coming' ? part.got : count, count })}</p>;
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
      <div className={css.picture} data-wide={size.width > size.height || undefined} role="group" aria-label={t.preview} tabIndex={0}>
        <img src={svgAddress(svg)} alt={alt}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })} />
      </div>
    </div>
  );
}
