// What a map changes on the mapper's side: a page table entry of a PV domain, the p2m of a PVH one.
import { GNTMAP } from '../../abi/grant-table.ts';
import type { Context } from '../machine/context.ts';
import type { DomainSpec } from './domain.ts';
import { p2mSlot, pteSlot } from './grant-state.ts';
import { frameOf } from './memory.ts';

/**
 * Puts frame `mfn` at `hostAddr`. @returns false when refused: in the p2m only host_map, with or without
 * readonly, will do
 */
export function installHostMapping(
  c: Context,
  mapper: DomainSpec,
  hostAddr: number,
  mfn: number,
  flags: number,
): boolean {
  if (mapper.kind === 'pv') {
    c.set(pteSlot(mapper.id, hostAddr), mfn);
    return true;
  }
  if ((flags & ~GNTMAP.readonly) !== GNTMAP.host_map) return false;
  const type = flags & GNTMAP.readonly ? 'grant_ro' : 'grant_rw';
  c.set(p2mSlot(mapper.id, frameOf(hostAddr)), { mfn, type });
  return true;
}

/** Takes frame `mfn` away from `hostAddr`, leaving a hole. @returns false when it is not mapped there */
export function removeHostMapping(c: Context, mapper: DomainSpec, hostAddr: number, mfn: number): boolean {
  if (mapper.kind === 'pv') {
    if (c.get(pteSlot(mapper.id, hostAddr)) !== mfn) return false;
    c.set(pteSlot(mapper.id, hostAddr), undefined);
    return true;
  }
  const gfn = frameOf(hostAddr);
  if (c.get(p2mSlot(mapper.id, gfn))?.mfn !== mfn) return false;
  c.set(p2mSlot(mapper.id, gfn), undefined);
  return true;
}
