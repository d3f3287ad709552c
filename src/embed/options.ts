/** What the author of the embedding page asks for, in the frame's address. Untrusted: whoever made the link wrote it. Pure. */
import { embedWords as t } from '../content/embed.ts';
import { fill } from '../content/words.ts';
import { LENSES, THEMES } from '../store/store.ts';
import type { Lens, Place, Theme } from '../store/store.ts';
import { placeOf, readShown, short } from './shown.ts';
import type { Shown } from './shown.ts';

const PANELS = ['stage', 'story', 'lens'] as const;
const CONTROLS = ['none', 'line', 'full'] as const;
const HEIGHTS = ['fill', 'auto'] as const;
const SWITCH = ['1', '0', 'true', 'false', ''] as const;
/** Longer than any options that a person writes. */
const MOST = 2000;

export type Panel = (typeof PANELS)[number];

export interface FrameOptions {
  /** The run that is shown where no link names one; null where nothing else does either. */
  shown: Shown | null;
  /** In the order of the page; at least one. */
  panels: readonly Panel[];
  lens: Lens | undefined;
  /** The part of the run that is shown; the run's own ends where they are absent. */
  from: Place | undefined;
  to: Place | undefined;
  autoplay: boolean;
  /** Begins again at the end of what is shown. */
  loop: boolean;
  theme: Theme;
  /** Transport: none, one line, or all of it with the timeline. */
  controls: (typeof CONTROLS)[number];
  /** `auto`: as high as what it shows, and the embedding page is told; else as high as its frame. */
  height: (typeof HEIGHTS)[number];
  /** The origin of the page that may steer the frame; undefined for whichever page it is in. */
  host: string | undefined;
}

/** Options as asked for, and what of them could not be followed, for people. Never throws. */
export function readOptions(search: string): { options: FrameOptions; problems: readonly string[] } {
  const problems: string[] = [];
  if (search.length > MOST) problems.push(fill(t.tooLong, { most: MOST }));
  const query = new URLSearchParams(search.length > MOST ? '' : search);

  function pick<const T extends readonly string[]>(option: string, choices: T, usual: T[number], text = query.get(option)): T[number] {
    if (text === null) return usual;
    const found = choices.find((one) => one === text);
    if (found !== undefined) return found;
    problems.push(fill(t.unknown, { value: short(text), option, choices: choices.filter((one) => one !== '').join(', ') }));
    return usual;
  }

  function place(option: 'from' | 'to'): Place | undefined {
    const text = query.get(option);
    return placeOf(option, text === 'start' || text === 'end' ? null : text, problems);
  }

  function origin(): string | undefined {
    const text = query.get('host');
    if (text === null) return undefined;
    if (URL.canParse(text) && new URL(text).origin === text) return text;
    problems.push(fill(t.noOrigin, { value: short(text) }));
    // Nobody then: a policy that cannot be read is no leave.
    return 'null';
  }

  const isOn = (option: string): boolean => !['0', 'false'].includes(pick(option, SWITCH, 'false'));

  const lens = query.has('lens') ? pick('lens', LENSES, 'xenstore') : undefined;
  const asked = new Set((query.get('panels') ?? 'stage').split(/[, ]+/).map((one) => pick('panels', PANELS, 'stage', one)));
  // Who names a lens wants to see it.
  const panels = PANELS.filter((one) => asked.has(one) || (one === 'lens' && lens !== undefined));
  const { shown, problems: ofRun } = readShown((option) => query.get(option));
  problems.push(...ofRun);
  return {
    options: {
      shown: Object.values(shown).every((one) => one === undefined) ? null : shown,
      panels,
      lens,
      from: place('from'),
      to: place('to'),
      autoplay: isOn('autoplay'),
      loop: isOn('loop'),
      theme: pick('theme', THEMES, 'auto'),
      controls: pick('controls', CONTROLS, 'line'),
      height: pick('height', HEIGHTS, 'fill'),
      host: origin(),
    },
    problems,
  };
}
