import { privileged, QUOTA } from './quota.ts';

const CHARS = /^[-A-Za-z0-9/_@]*$/;
const LOCAL = /^\/local\/domain\/\d{1,5}\//;

/** Interned answers, per domain: the same few hundred paths recur in every state. */
const known = new Map<number, Map<string, string | undefined>>();

/** The path that relative paths of domain `domid` start from. */
export function domainPath(domid: number): string {
  return `/local/domain/${domid}`;
}

/** Does `path` count as relative to the caller's own domain? */
export function isRelative(path: string): boolean {
  return path[0] !== '/' && path[0] !== '@';
}

/**
 * The absolute path that `path` means when domain `domid` says it; undefined if it is not valid (EINVAL).
 * Special names (a leading @) pass here: callers that do not take them refuse them first.
 */
export function canonical(domid: number, path: string): string | undefined {
  let paths = known.get(domid);
  if (!paths) known.set(domid, (paths = new Map()));
  if (paths.has(path)) return paths.get(path);
  const absolute = resolve(domid, path);
  paths.set(path, absolute);
  return absolute;
}

function resolve(domid: number, path: string): string | undefined {
  if (!CHARS.test(path)) return undefined;
  const name = isRelative(path) ? `${domainPath(domid)}/${path}` : path;
  if ((name.endsWith('/') && name !== '/') || name.includes('//')) return undefined;
  const local = LOCAL.exec(name)?.[0].length ?? 0;
  if (!privileged(domid) && name.length - local > QUOTA.path) return undefined;
  return name;
}

/** The path one level up; the root, and a special name, have the root above them. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** The last component of `path`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function childPath(path: string, name: string): string {
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** Is `path` the node `top`, or below it? */
export function isBelow(path: string, top: string): boolean {
  if (top === '/') return true;
  return path.startsWith(top) && (path.length === top.length || path[top.length] === '/');
}

/** How many levels the node lies below the root. */
export function levelOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}
