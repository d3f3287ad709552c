/** What a browser that has Trusted Types offers of them, as far as it is needed here. */
declare const trustedTypes: undefined | {
  createPolicy(name: string, rules: { createHTML: (markup: string) => string }): { createHTML: (markup: string) => string };
};

let policy: { createHTML: (markup: string) => string } | undefined;

/** Lets markup that was made here be a document on a page that demands Trusted Types. Where a browser knows none it stays as it is. */
export function trustedMarkup(markup: string): string {
  if (typeof trustedTypes === 'undefined') return markup;
  policy ??= trustedTypes.createPolicy('ringscope-element', { createHTML: (made) => made });
  return policy.createHTML(markup);
}
