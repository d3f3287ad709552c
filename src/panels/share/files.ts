import { useEffect, useState } from 'react';
import { shareWords } from '../../content/share.ts';
import { fill } from '../../content/words.ts';

const t = shareWords.file;

/** What a picture is as a file, or why it is none. */
export type Made =
  | { kind: 'coming' }
  | { kind: 'here'; blob: Blob; width: number; height: number }
  | { kind: 'failed'; reason: string };

/** Twice as many pixels as the picture has, so that it is sharp on any screen; once for a picture that would be too large. */
const SCALES = [2, 1] as const;
/** What every browser draws into: more pixels, or a longer side, and some give out nothing. */
const MOST_PIXELS = 64_000_000;
const LONGEST_SIDE = 16_000;

/** An SVG document as an address, which a policy for images allows that allows `data:`. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** The picture as a PNG. @throws Error that says why it cannot be made */
async function pngOf(svg: string): Promise<Made> {
  const image = new Image();
  image.src = svgAddress(svg);
  try {
    await image.decode();
  } catch {
    return { kind: 'failed', reason: t.noPicture };
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = SCALES.find((one) => Math.max(width, height) * one <= LONGEST_SIDE && width * height * one * one <= MOST_PIXELS);
  if (scale === undefined) return { kind: 'failed', reason: fill(t.tooLarge, { width, height }) };
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob === null ? { kind: 'failed', reason: t.noPng } : { kind: 'here', blob, width: canvas.width, height: canvas.height };
}

/** The picture as a PNG; none is made of null. */
export function usePng(svg: string | null): Made {
  const [made, setMade] = useState<{ of: string; made: Made }>();
  useEffect(() => {
    if (svg === null) return undefined;
    let wanted = true;
    const tell = (png: Made): void => {
      if (wanted) setMade({ of: svg, made: png });
    };
    pngOf(svg).then(tell, () => tell({ kind: 'failed', reason: t.noPng }));
    return () => {
      wanted = false;
    };
  }, [svg]);
  return made !== undefined && made.of === svg ? made.made : { kind: 'coming' };
}

/** '44 KiB', '1.2 MiB'. */
export function bytesText(size: number): string {
  const kib = size / 1024;
  return kib < 1024 ? fill(t.kib, { count: Math.max(1, Math.round(kib)) }) : fill(t.mib, { count: (kib / 1024).toFixed(1) });
}
