/** The site's sources: their directives expanded, links that leave the site's folder led to pages of the site. Pure. */
import { posix } from 'node:path';
import { UsageError } from '../options.ts';
import { citedName } from './cite.ts';
import { readFigure } from './figure.ts';
import type { Figure } from './figure.ts';
import { spotOf } from './spot.ts';

/** A file of the repository by its path; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** One page, ready for VitePress. */
export interface Page {
  readonly markdown: string;
  readonly figures: readonly Figure[];
  /** Files of the repository that it links to. */
  readonly files: readonly string[];
}

/** Where RingScope itself lies on the site. */
export const RINGSCOPE = 'ringscope/';

/** Files that are pages of the site, by their path in the repository. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^CONTRIBUTING\.md$/, '/contributing.md'],
  [/^docs\/fidelity\.md$/, '/fidelity.md'],
  [/^docs\/adr\/(.+\.md)$/, '/decisions/$1'],
  [/^docs\/adr$/, '/decisions/index.md'],
];

/** The address of a file's page. Text is shown as a page; data is only handed out. */
export function pageOf(path: string): string {
  const page = PAGES.find(([pattern]) => pattern.test(path));
  if (page) return path.replace(...page);
  return /\.tsx?$/.test(path) ? `/code/${path}.md` : `/code/${path}`;
}

/**
 * Makes the page `name` of the site of the Markdown file at `path`. It knows:
 *
 *     <!-- include: README.md#in-your-page -->      that section of that file, or all of it, without the heading
 *     <!-- code: docs/site/examples/a.ts#region --> that region of it, or all of it, as a block of code
 *     ```figure                                     a live figure (see figure.ts)
 *     [text](step:function#label~n?pages=1)         a permalink
 *     {cite:function}                               the name of a function, and where it is
 *
 * @throws UsageError naming the file and what is wrong in it
 */
export function pageFrom(name: string, path: string, read: ReadFile): Page {
  try {
    return expanded(name, path, read);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

function expanded(name: string, path: string, read: ReadFile): Page {
  const top = '../'.repeat(name.split('/').length - 1) || './';
  const figures: Figure[] = [];
  const files: string[] = [];
  const linking = { top, files, read };
  const whole = relinked(wanted(path, read), path, linking)
    .replaceAll(/^<!-- include: (\S+?)(?:#(\S+))? -->$/gm, (_, file: string, heading?: string) =>
      relinked(sectionOf(wanted(file, read), heading, file), file, linking))
    .replaceAll(/^<!-- code: (\S+?)(?:#(\S+))? -->$/gm, (_, file: string, region?: string) =>
      `\`\`\`${posix.extname(file).slice(1)}\n${regionOf(wanted(file, read), region, file)}\n\`\`\``)
    .replaceAll(/^```figure\n([\s\S]*?)^```$/gm, (_, block: string) => {
      const figure = readFigure(block);
      figures.push(figure);
      return component(figure);
    });
  const markdown = outsideCode(whole, (text) =>
    text
      .replaceAll(/\]\(step:([^)\s?]+)(?:\?([^)\s]*))?\)/g, (_, at: string, options = '') => {
        const { link } = spotOf(at, Object.fromEntries(new URLSearchParams(options)));
        return `](${top}${RINGSCOPE}index.html${link}){target="_self"}`;
      })
      .replaceAll(/\{cite:([^}]+)\}/g, (_, name: string) => citedName(name)));
  return { markdown, figures, files };
}

function component({ title, link, options, caption }: Figure): string {
  const attributes = { title, link, options, caption };
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  return `<LiveFigure${text} />`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function wanted(path: string, read: ReadFile): string {
  const text = read(path);
  if (text === undefined) throw new UsageError(`there is no file ${path}`);
  return text;
}

/** What stands below the heading with that anchor, up to the next one of its rank; all but the title without one. */
export function sectionOf(markdown: string, anchor: string | undefined, file: string): string {
  const lines = markdown.split('\n');
  const ranks = rankOf(lines);
  const at = lines.findIndex((line, i) => ranks[i]! > 0 && (anchor === undefined || anchorOf(line) === anchor));
  if (at < 0) throw new UsageError(`${file} has no heading ${anchor ?? 'at all'}`);
  if (anchor === undefined) return [...lines.slice(0, at), ...lines.slice(at + 1)].join('\n').trim();
  const end = ranks.findIndex((rank, i) => i > at && rank > 0 && rank <= ranks[at]!);
  return lines.slice(at + 1, end < 0 ? undefined : end).join('\n').trim();
}

/** The rank of each line's heading; 0 for other lines, and in blocks of code. */
function rankOf(lines: readonly string[]): number[] {
  let inCode = false;
  return lines.map((line) => {
    if (line.startsWith('```')) inCode = !inCode;
    return inCode ? 0 : (/^(#{1,6}) /.exec(line)?.[1]!.length ?? 0);
  });
}

function anchorOf(heading: string): string {
  return heading.replace(/^#+ /, '').toLowerCase().replaceAll(/[^\w\s-]/g, '').trim().replaceAll(/\s+/g, '-');
}

const MARK = /^\/\/ #(end)?region\b/;

/** The lines between `// #region name` and `// #endregion`. */
function regionOf(code: string, name: string | undefined, file: string): string {
  const lines = code.trimEnd().split('\n');
  if (name === undefined) return lines.filter((line) => !MARK.test(line)).join('\n');
  const from = lines.indexOf(`// #region ${name}`);
  if (from < 0) throw new UsageError(`${file} has no region ${name}`);
  const to = lines.findIndex((line, i) => i > from && MARK.test(line));
  return lines.slice(from + 1, to < 0 ? undefined : to).join('\n').trim();
}

interface Linking {
  /** The way from the page to the top of the site. */
  readonly top: string;
  /** Receives the files that are linked to. */
  readonly files: string[];
  readonly read: ReadFile;
}

/** Leads links to files of the repository, relative to `from`, to their pages; those of the site's own folder are left alone. */
function relinked(markdown: string, from: string, { top, files, read }: Linking): string {
  return outsideCode(markdown, (text) =>
    text.replaceAll(/\]\((?![a-z]+:|[/#])([^)\s#]+)(#[^)\s]*)?\)/g, (whole, target: string, anchor = '') => {
      const file = posix.join(posix.dirname(from), target);
      if (/^docs\/site\/[^/]+\.md$/.test(file)) {
        wanted(file, read);
        return whole;
      }
      files.push(file);
      const page = pageOf(file);
      // VitePress knows its own pages; all else is named from where the page is, so that it does not matter what the base is.
      return page.endsWith('.md') ? `](${page}${anchor})` : `](${top}${page.slice(1)}${anchor}){target="_self"}`;
    }));
}

/** Changes what stands outside of blocks and spans of code. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  return markdown.split(/(^```[\s\S]*?^```$|`[^`\n]+`)/m).map((part, i) => (i % 2 === 0 ? change(part) : part)).join('');
}
