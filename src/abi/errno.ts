import { nameOf, xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';

/** Error numbers, the same in Xen and in Linux on x86. Calls return them negated. */
export const ERRNO = {
  EPERM: 1, ENOENT: 2, ESRCH: 3, EINTR: 4, EIO: 5, ENXIO: 6, E2BIG: 7, ENOEXEC: 8, EBADF: 9, ECHILD: 10,
  EAGAIN: 11, ENOMEM: 12, EACCES: 13, EFAULT: 14, EBUSY: 16, EEXIST: 17, EXDEV: 18, ENODEV: 19, ENOTDIR: 20,
  EISDIR: 21, EINVAL: 22, ENFILE: 23, EMFILE: 24, ENOSPC: 28, EROFS: 30, EMLINK: 31, EDOM: 33, ERANGE: 34,
  EDEADLK: 35, ENAMETOOLONG: 36, ENOLCK: 37, ENOSYS: 38, ENOTEMPTY: 39, ENODATA: 61, ETIME: 62, EBADMSG: 74,
  EOVERFLOW: 75, EOPNOTSUPP: 95, EADDRINUSE: 98, EADDRNOTAVAIL: 99, ENOBUFS: 105, EISCONN: 106,
  ENOTCONN: 107, ETIMEDOUT: 110, ECONNREFUSED: 111,
} as const;
export type ErrnoName = keyof typeof ERRNO;

/** The name of an errno, given positive or negated; undefined when the number is not in the table. */
export function errnoName(errno: number): ErrnoName | undefined {
  return nameOf(ERRNO, Math.abs(errno));
}

/** In the header the names carry XEN_ in front. */
export const errnoConstants: readonly ConstantTable[] = [
  { prefix: 'XEN_', cite: xenPublic('errno.h'), values: ERRNO },
];
