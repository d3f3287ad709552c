import type { Citation } from '../../store/store.ts';

/** "Linux v6.12.117 drivers/net/xen-netback/xenbus.c, backend_connect". */
export function citationText({ project, version, path, symbol }: Citation): string {
  return `${project} ${version} ${path}, ${symbol}`;
}

/** Where the cited file can be read at that version, at its line; undefined for what has no public file. */
export function sourceLink({ project, version, path, line }: Citation): string | undefined {
  switch (project) {
    case 'Linux': {
      const at = line === undefined ? '' : `#n${line}`;
      return `https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/${path}?h=${version}${at}`;
    }
    case 'Xen': {
      const commit = /\b[0-9a-f]{10,40}\b/.exec(version)?.[0];
      if (commit === undefined) return undefined;
      const at = line === undefined ? '' : `#l${line}`;
      return `https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=${path};hb=${commit}${at}`;
    }
    case 'RingScope':
      return undefined;
  }
}
