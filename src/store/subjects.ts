/** Things of the state whose writers a person can ask for, by the names that people call them. Pure. */
import { grantEntryAt, grantEntryV1 } from '../abi/grant-table.ts';
import type { Cell } from '../engine/protocol.ts';
import type { Mirror } from './mirror.ts';
import { portBitAt } from './stage/ports.ts';
import type { PortBit } from './stage/ports.ts';
import { DOMU } from './stage/slots.ts';
import type { MemoryMap } from './stage/slots.ts';

/** A cell with the name that people call it. */
export interface Subject {
  name: string;
  cell: Cell;
}

export function bytesSubject(name: string, frame: number, offset: number, length: number): Subject {
  return { name, cell: { cell: 'bytes', frame, offset, length } };
}

/** A slot, or the part of it to which `part` leads. */
export function slotSubject(name: string, slot: string, ...part: string[]): Subject {
  return { name, cell: { cell: 'slot', name: slot, part } };
}

const KEY = 'xs:node:';

/** The value of a key in xenstore. */
export function keySubject(path: string): Subject {
  return slotSubject(path, `${KEY}${path}`, 'value');
}

/** The path of the key that the open inquiry is about; empty where it is about something else, or none is open. */
export function askedKey({ inquiry }: { readonly inquiry: { readonly subject: Subject } | null }): string {
  const cell = inquiry?.subject.cell;
  return cell?.cell === 'slot' && cell.name.startsWith(KEY) ? cell.name.slice(KEY.length) : '';
}

/** The 8 bytes of an entry of domain 5's grant table, or one of its fields (`flags`, `domid`, `frame`). */
export function grantSubject(mirror: Pick<Mirror, 'slot'>, ref: number, field?: 'flags' | 'domid' | 'frame'): Subject {
  const { frame, offset } = grantEntryAt(1, ref);
  const table = (mirror.slot(`xen:memory:${DOMU}`) as unknown as MemoryMap | undefined)?.grant_table ?? 0;
  if (field === undefined) return bytesSubject(`grant entry ${ref}`, table + frame, offset, grantEntryV1.size);
  const length = field === 'frame' ? 4 : 2;
  const at = offset + (grantEntryV1.offsets[field] ?? 0);
  return bytesSubject(`${field} of grant entry ${ref}`, table + frame, at, length);
}

/** One bit of an entry's flags, such as `reading`. */
export function grantFlagSubject(mirror: Pick<Mirror, 'slot'>, ref: number, flag: string, mask: number): Subject {
  const { cell } = grantSubject(mirror, ref, 'flags');
  return { name: `${flag} in the flags of grant entry ${ref}`, cell: { ...cell, mask } as Cell };
}

/** The pending or mask bit of a domain's port, in its shared info page. */
export function portBitSubject(mirror: Pick<Mirror, 'slot'>, dom: number, port: number, bit: PortBit): Subject {
  const { mfn, offset, mask } = portBitAt((mirror.slot(`xen:memory:${dom}`) as unknown as MemoryMap | undefined)?.shared_info ?? 0, port, bit);
  const name = `${bit} bit of domain ${dom} port ${port}`;
  return { name, cell: { cell: 'bytes', frame: mfn, offset, length: 4, mask } };
}

/** A text that two subjects share only if they are the same cell. */
export function cellId(cell: Cell): string {
  return cell.cell === 'slot'
    ? [cell.name, ...cell.part].join('\n')
    : `${cell.frame}+${cell.offset}+${cell.length}&${cell.mask ?? ''}`;
}
