/** What a browser that has Trusted Types offers of them, as far as it is needed here. */
declare const trustedTypes: undefined | {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): {
    createScriptURL: (address: string) => string;
  };
};

/**
 * Makes what lets scripts and workers of our own be loaded on a page that demands Trusted Types: of `home`'s origin, which
 * is where this code itself came from, or made here as a blob. It throws for others. Where a browser knows no Trusted
 * Types, addresses stay as they are.
 */
export function trustScriptsOf(home: string, policy: string): (address: string) => string {
  const check = (address: string): string => {
    const { origin, protocol } = new URL(address, home);
    if (protocol !== 'blob:' && origin !== new URL(home).origin) throw new Error(`${address} is no script of ours`);
    return address;
  };
  const made = typeof trustedTypes === 'undefined' ? undefined : trustedTypes.createPolicy(policy, { createScriptURL: check });
  return (address) => (made === undefined ? check(address) : made.createScriptURL(address));
}
