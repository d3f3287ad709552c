/** The markup that shows a step in another page. Pure. */
import { chapterEnd, chapterIndex } from '../../store/outline.ts';
import { currentAddress, currentFragment } from '../../store/share.ts';
import type { Lens, Outline, Theme } from '../../store/store.ts';

export const PANELS = ['stage', 'story', 'lens'] as const;
export type EmbedPanel = (typeof PANELS)[number];
export const CONTROLS = ['none', 'line', 'full'] as const;

/** What its author picks of the options of a frame. */
export interface EmbedChoice {
  /** At least one. */
  panels: readonly EmbedPanel[];
  lens: Lens;
  controls: (typeof CONTROLS)[number];
  /** The places between which the run is shown; null for all of it. */
  part: { from: string; to: string } | null;
  autoplay: boolean;
  loop: boolean;
  theme: Theme;
}

type Here = Parameters<typeof currentAddress>[0];

/** The chapter shown at a position, as options name it: one that somebody's choice made has no name of its own. */
export function chapterPart(outline: Outline, position: number): { title: string; from: string; to: string } | null {
  const index = chapterIndex(outline, position);
  const chapter = outline.chapters[index];
  if (chapter === undefined) return null;
  const { id, title, at, added } = chapter;
  return added === true ? { title, from: String(at + 1), to: String(chapterEnd(outline, index)) } : { title, from: id, to: id };
}

/** The options in the address of a frame, or in the attribute of a link; without those that are as usual. */
export function optionsText({ panels, lens, controls, part, autoplay, loop, theme }: EmbedChoice): string {
  const shown = PANELS.filter((one) => panels.includes(one));
  return [
    ...(shown.join() === 'stage' ? [] : [`panels=${shown.join()}`]),
    ...(shown.includes('lens') ? [`lens=${lens}`] : []),
    ...(controls === 'line' ? [] : [`controls=${controls}`]),
    ...(part === null ? [] : [`from=${part.from}`, `to=${part.to}`]),
    ...(autoplay ? ['autoplay'] : []),
    ...(loop ? ['loop'] : []),
    ...(theme === 'auto' ? [] : [`theme=${theme}`]),
  ].join('&');
}

/** The address of this step in a frame. `href` is that of the page. */
export function frameAddress(here: Here, href: string, options: string): string {
  const url = new URL('embed.html', href);
  url.search = options;
  url.hash = currentFragment(here);
  return url.href;
}

/** A frame. `title` says what it shows. */
export function frameMarkup(here: Here, href: string, options: string, title: string): string {
  return `<iframe src="${escaped(frameAddress(here, href, options))}"\n`
    + `        title="${escaped(title)}" width="100%" height="560" loading="lazy" style="border: 0"></iframe>`;
}

/** A link that the script turns into a frame, and the script. */
export function linkMarkup(here: Here, href: string, options: string, title: string): string {
  const attribute = options === '' ? 'data-ring-scope' : `data-ring-scope="${escaped(options)}"`;
  return `<script src="${escaped(new URL('embed.js', href).href)}" defer></script>\n`
    + `<a ${attribute}\n   href="${escaped(currentAddress(here, href))}">${escaped(title)}</a>`;
}

/** The element, with the script that defines it; what lies in it is there without scripts. */
export function elementMarkup(here: Here, href: string, options: string, title: string): string {
  const attributes = options.split('&').filter((one) => one !== '').map((one) => {
    const [name = '', value] = one.split('=');
    return value === undefined ? name : `${name}="${escaped(value)}"`;
  });
  const said = [`link="${escaped(currentFragment(here))}"`, ...attributes].join(' ');
  return `<script src="${escaped(new URL('ring-scope.js', href).href)}" defer></script>\n`
    + `<ring-scope ${said}>\n  <a href="${escaped(currentAddress(here, href))}">${escaped(title)}</a>\n</ring-scope>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char]!);
}
