import { invariant } from '../../base/invariant.ts';
import { slot, type Slot } from '../machine/slot.ts';
import { baseName, childPath, parentOf } from './paths.ts';
import { inherited, rightsOf } from './permissions.ts';
import { nodeSize, privileged, QUOTA } from './quota.ts';
import type { XsError, XsNode } from './types.ts';

const nodeSlots = new Map<string, Slot<XsNode>>();
const writerSlots = new Map<string, Slot<string>>();

/** The node at an absolute path; undefined when there is none. */
export function nodeSlot(path: string): Slot<XsNode> {
  let found = nodeSlots.get(path);
  if (!found) nodeSlots.set(path, (found = slot(`xs:node:${path}`)));
  return found;
}

/** The connection that last wrote (or made) the node: for the page only, outside the fingerprint. */
export function writerSlot(path: string): Slot<string> {
  let found = writerSlots.get(path);
  if (!found) writerSlots.set(path, (found = slot(`xs:writer:${path}`, { hashed: false })));
  return found;
}

/** The store as one request sees it: the store itself, or a transaction's private copies over it. */
export interface View {
  readonly domid: number;
  read(path: string): XsNode | undefined;
  write(path: string, node: XsNode): void;
  remove(path: string): void;
  /** Writes the shorter child list of a node that is about to be removed itself. */
  shrink(path: string, node: XsNode): void;
  /** Watches fire: now, or at the commit. `node` is the node now, or as it was when removed. */
  fire(path: string, exact: boolean, node: XsNode, before?: readonly string[]): void;
  /** A write failed half-way: a transaction cannot be committed any more. */
  fail(): void;
}

/**
 * The node, if the caller has all the rights `need` to it. @returns the error otherwise, hidden from who may
 * not know
 */
export function find(view: View, path: string, need: number): XsNode | XsError {
  const node = view.read(path);
  if (!node) return hidden(view, path, need, 'ENOENT');
  if ((rightsOf(view.domid, node.perms) & need) !== need) return hidden(view, path, need, 'EACCES');
  return node;
}

/**
 * ENOENT would tell that there is no node: only who has one of the rights to the nearest existing ancestor
 * learns it.
 */
function hidden(view: View, path: string, need: number, error: XsError): XsError {
  let at = path;
  let node: XsNode | undefined;
  do {
    at = parentOf(at);
    node = view.read(at);
  } while (!node && at !== '/');
  invariant(node, 'the store has no root: connect somebody first');
  return rightsOf(view.domid, node.perms) & need ? error : 'EACCES';
}

/** Writes a node within the size that its writer may use. */
export function store(view: View, path: string, node: XsNode): XsError | undefined {
  if (tooBig(view, node)) {
    view.fail();
    return 'ENOSPC';
  }
  view.write(path, node);
  return undefined;
}

function tooBig(view: View, node: XsNode): boolean {
  return !privileged(view.domid) && nodeSize(node) > QUOTA.nodeSize;
}

/** Makes the absent node `path`, and empty ancestors where they are missing. @returns the node made */
export function create(view: View, path: string, value: string): XsNode | XsError {
  const made: { path: string; node: XsNode }[] = [];
  const missing = [path];
  let at = parentOf(path);
  let parent = view.read(at);
  while (!parent) {
    missing.push(at);
    at = parentOf(at);
    parent = view.read(at);
  }
  const perms = inherited(view.domid, parent.perms);
  for (const [i, name] of missing.entries()) {
    const below = missing[i - 1];
    const children = below === undefined ? [] : [baseName(below)];
    made.push({ path: name, node: { value: i === 0 ? value : '', perms, children } });
  }
  made.push({ path: at, node: { ...parent, children: [...parent.children, baseName(missing.at(-1)!)] } });
  if (made.some(({ node }) => tooBig(view, node))) {
    view.fail();
    return 'ENOSPC';
  }
  for (const one of made) view.write(one.path, one.node);
  return made[0]!.node;
}

/**
 * Removes the existing node `path` with all below it, deepest first, then its name from its parent's list.
 * EINVAL and EIO arise only in a transaction whose copies have come apart (it can then only fail with
 * EAGAIN).
 */
export function removeTree(view: View, path: string): XsError | undefined {
  const parent = view.read(parentOf(path));
  if (!parent) return 'EINVAL';
  if (!removeNode(view, path, false)) return 'EIO';
  const at = parent.children.indexOf(baseName(path));
  if (at < 0) return 'EIO';
  view.write(parentOf(path), { ...parent, children: parent.children.filter((_, i) => i !== at) });
  return undefined;
}

/** @returns false if a child list names a node that is not there */
function removeNode(view: View, path: string, exact: boolean): boolean {
  const node = view.read(path);
  if (!node) return false;
  const { children } = node;
  for (const [i, name] of children.entries()) {
    if (!removeNode(view, childPath(path, name), true)) return false;
    view.shrink(path, { ...node, children: children.slice(i + 1) });
  }
  view.remove(path);
  view.fire(path, exact, node);
  return true;
}
