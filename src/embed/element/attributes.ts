/** What an author says of a <ring-scope>, and how its frame is told of it. Pure. */

/** Which run is shown, and where; another one can be shown without a new frame. */
const RUN = ['scenario', 'pages', 'queues', 'step'] as const;
/** Options that a frame begins with. */
const BEGUN_WITH = ['panels', 'lens', 'from', 'to', 'autoplay', 'loop', 'controls', 'height'] as const;
/** Of what stands outside of the frame. */
const OUTSIDE = ['home', 'assets'] as const;

/** All that can be said, each by an attribute and by the property of that name. */
export const ATTRIBUTES = [...RUN, 'link', ...BEGUN_WITH, 'theme', 'label', ...OUTSIDE] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** What holds where it stands, whatever its value. */
export const SWITCHES: ReadonlySet<Attribute> = new Set(['autoplay', 'loop']);
/** What is a number. */
export const NUMBERS: ReadonlySet<Attribute> = new Set(['pages', 'queues']);

/** Values as attributes have them; those that are absent are not there. */
export type Said = Readonly<Partial<Record<Attribute, string>>>;

/** The options of the frame as its address would have them. Where there is a link, it says which run is shown. */
export function searchOf(said: Said, theme: string, host: string | undefined): string {
  const options = new URLSearchParams({ height: 'auto', theme });
  for (const name of said.link === undefined ? [...RUN, ...BEGUN_WITH] : BEGUN_WITH) {
    const value = said[name];
    if (value !== undefined) options.set(name, value);
  }
  if (host !== undefined) options.set('host', host);
  return `?${options}`;
}

/** Whether these attributes name another run or place, which then is shown and not the one before. */
export function isElsewhere(changed: ReadonlySet<Attribute>): boolean {
  return [...RUN, 'link' as const].some((name) => changed.has(name));
}

/** The address of a page as an author writes it, whole; undefined where it is none that a link may lead to. */
export function addressOf(text: string, base: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const { href, protocol } = new URL(text, base);
  return ['http:', 'https:', 'file:'].includes(protocol) ? href : undefined;
}

/** The fragment of a link; empty where it has none. */
export function fragmentOf(link: string): string {
  return link.slice(link.includes('#') ? link.indexOf('#') : link.length);
}

/**
 * What to tell the frame when these attributes have changed: a message, `anew` where it must be made again, null where
 * that is no matter of the run.
 */
export function changeOf(changed: ReadonlySet<Attribute>, said: Said): 'anew' | Readonly<Record<string, unknown>> | null {
  const any = (names: readonly Attribute[]): boolean => names.some((name) => changed.has(name));
  if (any([...BEGUN_WITH, ...OUTSIDE])) return 'anew';
  if (changed.has('link') && said.link !== undefined) return { type: 'open', link: said.link };
  if (any(['link', 'scenario', 'pages', 'queues'])) {
    return { type: 'show', ...Object.fromEntries(RUN.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]]))) };
  }
  return changed.has('step') ? { type: 'seek', to: said.step ?? 'start' } : null;
}
