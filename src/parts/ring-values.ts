/** What the interface calls the values of a ring's fields. Pure. */
import { NETIF_RSP, NETRXF, NETTXF } from '../abi/netif.ts';

/** Names without their prefix: the flags that are set, or the status; none where the interface has none. */
export function ringValueNames(
  direction: 'tx' | 'rx', as: 'req' | 'rsp' | null, field: string, value: number,
): readonly string[] {
  if (field === 'flags') {
    const flags = Object.entries(direction === 'tx' ? NETTXF : NETRXF);
    return flags.flatMap(([flag, bit]) => ((value & bit) === 0 ? [] : [flag]));
  }
  // In an RX response a status that is not negative is a number of bytes.
  if (field !== 'status' || as !== 'rsp' || (direction === 'rx' && value >= 0)) return [];
  return Object.entries(NETIF_RSP).flatMap(([code, number]) => (number === value ? [code] : []));
}
