/** What stands in fences of a Markdown file, as lines. */
export function blocksOf(markdown: string): string[][] {
  return [...markdown.matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].map(([, block]) => block!.trimEnd().split('\n'));
}

/** The npm scripts that lines run, with the arguments behind ` -- `. */
export function npmLines(lines: readonly string[]): { script: string; args: string[] }[] {
  return lines.flatMap((line) => {
    const [, named, short, tail = ''] = /^npm (?:run (?:-s )?(\S+)|(start|test))\b(.*)$/.exec(line) ?? [];
    const script = named ?? short;
    if (script === undefined) return [];
    const [, args = ''] = / -- (.*)$/.exec(tail.replace(/\s+#.*$/, '')) ?? [];
    return [{ script, args: args.split(/\s+/).filter((word) => word !== '') }];
  });
}
