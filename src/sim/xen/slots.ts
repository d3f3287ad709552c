import { slot, type Slot } from '../machine/slot.ts';
import type { Value } from '../machine/value.ts';

/**
 * A family of slots, one a domain: `name:<domid>`. Remembered by number, so that hot paths build no strings.
 */
export function perDomain<T extends Value>(name: string): (domid: number) => Slot<T> {
  const known = new Map<number, Slot<T>>();
  return (domid) => {
    let found = known.get(domid);
    if (!found) known.set(domid, (found = slot<T>(`${name}:${domid}`)));
    return found;
  };
}

/** A family of slots, many a domain: `name:<domid>:<item>`, the item written in `radix`. */
export function perItem<T extends Value>(
  name: string,
  radix: 10 | 16 = 10,
): (domid: number, item: number) => Slot<T> {
  const known = new Map<number, Map<number, Slot<T>>>();
  return (domid, item) => {
    let items = known.get(domid);
    if (!items) known.set(domid, (items = new Map()));
    let found = items.get(item);
    if (!found) items.set(item, (found = slot<T>(`${name}:${domid}:${item.toString(radix)}`)));
    return found;
  };
}
