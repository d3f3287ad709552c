import { end, fromFolder, listen } from '../../tools/page/files.ts';
import type { Host } from '../../tools/page/files.ts';

export { serveFolder } from '../../tools/page/files.ts';
export type { Host } from '../../tools/page/files.ts';

/** A manual: a page of another origin, whose body is what `markup` says when it is asked for. */
export function serveManual(markup: () => string): Promise<Host> {
  return listen((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    end(response, 200, `<!doctype html><title>A manual</title><meta name="viewport" content="width=device-width">
      <link rel="icon" href="data:,"><body style="background: #fff"><input aria-label="Search the manual">${markup()}`);
  });
}

/** A site that has the built files and one page of its own, manual.html. */
interface Site extends Host {
  /** The page as it is from now on. */
  markup: string;
  /** What every answer has. */
  headers: Readonly<Record<string, string>>;
  /** The paths that were asked for, in order. */
  asked: string[];
}

export async function serveSite(folder: string): Promise<Site> {
  const host = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    site.asked.push(pathname);
    if (pathname !== '/manual.html') return fromFolder(folder, site.headers)(request, response);
    for (const [name, value] of Object.entries(site.headers)) response.setHeader(name, value);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    end(response, 200, site.markup);
  });
  const site: Site = { ...host, markup: '', headers: {}, asked: [] };
  return site;
}

/** Where the browser tests' own build of the page lies; playwright.config.ts makes it. */
export function builtPage(baseURL: string | undefined): string {
  return `node_modules/.cache/e2e-${new URL(baseURL ?? '').port}`;
}
