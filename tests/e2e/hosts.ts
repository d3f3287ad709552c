import { end, listen } from '../../tools/page/files.ts';
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

/** Where the browser tests' own build of the page lies; playwright.config.ts makes it. */
export function builtPage(baseURL: string | undefined): string {
  return `node_modules/.cache/e2e-${new URL(baseURL ?? '').port}`;
}
