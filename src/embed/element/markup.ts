/** The document in the element's frame. */

/** Where the code of the frame lies; absolute addresses. */
export interface Scripts {
  /** ring-scope.js */
  first: string;
  /** ring-scope-more.js */
  more: string;
}

interface Inner {
  scripts: Scripts;
  /** The options, as an address would have them. */
  search: string;
  /** The fragment that says where to begin; empty where the options do. */
  fragment: string;
  /** The address of a whole page of RingScope; undefined where there is none. */
  home: string | undefined;
}

/**
 * The document as markup: it loads the script, which finds in the root's data what it is to show. All of that is text of an
 * attribute, whoever wrote it.
 */
export function documentOf({ scripts, search, fragment, home }: Inner): string {
  const data = { search, fragment, ...(home !== undefined && { home }) };
  const told = Object.entries(data).map(([name, value]) => ` data-${name}="${escaped(value)}"`).join('');
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>RingScope</title></head><body>' +
    `<div id="root"${told}></div><script data-frame data-more="${escaped(scripts.more)}" src="${escaped(scripts.first)}"></script></body></html>`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
