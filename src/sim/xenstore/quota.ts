/**
 * Limits for unprivileged domains (C daemon 4.23, default values). The daemon fails at "value >= limit", so
 * what can be used is one less: the figures here are the largest that pass. Not kept: nodes per domain, nodes
 * per transaction, memory and unanswered requests, which no device handshake comes near.
 */
export const QUOTA = {
  watches: 127,
  transactions: 9,
  /** Entries of one permission list. */
  permissions: 4,
  /** Bytes, see {@link nodeSize}. */
  nodeSize: 2047,
  /** Characters of a path, not counting a leading /local/domain/<n>/. */
  path: 2047,
} as const;

/** Domain 0 and every socket are exempt from quotas and permissions. */
export function privileged(domid: number): boolean {
  return domid === 0;
}

/**
 * Bytes that a node takes as the daemon counts them: header, permissions, value, and child names with their
 * NULs.
 */
export function nodeSize(node: {
  readonly value: string;
  readonly perms: readonly string[];
  readonly children: readonly string[];
}): number {
  let size = 16 + 8 * node.perms.length + node.value.length;
  for (const name of node.children) size += name.length + 1;
  return size;
}
