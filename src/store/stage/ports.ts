import { sharedInfo } from '../../abi/event-channel.ts';
import { doingWords as t } from '../../content/doings.ts';
import { fill } from '../../content/words.ts';
import type { PortView } from '../view.ts';
import type { Now } from './now.ts';
import { DOM0, DOMU, QUEUES_MAX } from './slots.ts';

const MAPS = {
  pending: sharedInfo.offsets['evtchn_pending']!,
  masked: sharedInfo.offsets['evtchn_mask']!,
} as const;

/** What Xen and the kernel keep about a port in the domain's shared info page. */
export type PortBit = keyof typeof MAPS;

const ENDS = [
  { dom: DOMU, driver: 'netfront', irqs: 'irqs:domU' },
  { dom: DOM0, driver: 'netback', irqs: 'irqs:dom0' },
] as const;

/** The event channels that were made for the device: the guest's, then dom0's. `before`: as in the view before. */
export function portsView(now: Now, before: readonly PortView[] | undefined): readonly PortView[] {
  if (before !== undefined && !isStale(now, before)) return before;
  const purposes = purposesOf(now);
  return ENDS.flatMap(({ dom }) => portNumbers(now, dom).flatMap((port): PortView[] => {
    const name = `xen:port:${dom}:${port}` as const;
    const channel = now.get(name);
    // What was taken before the run began belongs to other devices.
    if (channel === undefined || channel.state === 'reserved') return [];
    const { state, remoteDom, remotePort } = channel;
    const purpose = purposes.get(`${dom}:${port}`) ?? purposes.get(`${remoteDom}:${remotePort}`) ?? t.new;
    const shown = { dom, port, state, remoteDom, remotePort, purpose } as const;
    const pending = bitOf(now, dom, 'pending', port);
    const masked = bitOf(now, dom, 'masked', port);
    const hot = now.slotChange(name) !== undefined || pending.hot || masked.hot;
    return [{ ...shown, pending: pending.on, masked: masked.on, hot }];
  }));
}

function isStale(now: Now, before: readonly PortView[]): boolean {
  return before.some(({ hot }) => hot) || now.touches('xen:port') || now.touches('xen:memory:') ||
    ENDS.some(({ dom, driver, irqs }) =>
      now.slots.has(irqs) || now.touches(`${driver}:queue:`) || now.pages.has(now.memory(dom)?.shared_info ?? 0));
}

/** Every port number up to the highest that is taken. */
function portNumbers(now: Now, dom: number): number[] {
  const next = now.get(`xen:ports:${dom}`)?.next ?? 1;
  return Array.from({ length: next - 1 }, (_, i) => i + 1);
}

/** What ports are for, by `domain:port`, as the drivers keep it, or as their interrupt handlers tell before that. */
export function purposesOf(now: Now): ReadonlyMap<string, string> {
  const purposes = new Map<string, string>();
  for (const { dom, driver, irqs } of ENDS) {
    for (const { port, handler, queue } of now.get(irqs) ?? []) {
      const direction = handler.includes('_tx_') ? 'TX' : handler.includes('_rx_') ? 'RX' : t.both;
      purposes.set(`${dom}:${port}`, fill(t.port, { queue, ring: direction }));
    }
    for (let queue = 0; queue < QUEUES_MAX; queue++) {
      const kept = now.get(`${driver}:queue:${queue}`);
      if (!kept) continue;
      const { tx_port, rx_port } = kept;
      if (tx_port !== null) {
        purposes.set(`${dom}:${tx_port}`, fill(t.port, { queue, ring: tx_port === rx_port ? t.both : 'TX' }));
      }
      if (rx_port !== null && rx_port !== tx_port) purposes.set(`${dom}:${rx_port}`, fill(t.port, { queue, ring: 'RX' }));
    }
  }
  return purposes;
}

/** The 32-bit word, and the bit in it, that a port has in one of the two maps of the shared info page at `mfn`. */
export function portBitAt(mfn: number, port: number, bit: PortBit): { mfn: number; offset: number; mask: number } {
  return { mfn, offset: MAPS[bit] + (port >>> 5) * 4, mask: (1 << (port & 31)) >>> 0 };
}

/** A port's bit in one of the two maps of its domain's shared info page. */
export function bitOf(now: Now, dom: number, map: PortBit, port: number): { on: boolean; hot: boolean } {
  const { mfn, offset, mask } = portBitAt(now.memory(dom)?.shared_info ?? 0, port, map);
  const change = now.wordChange(mfn, offset);
  return {
    on: (now.word(mfn, offset) & mask) !== 0,
    hot: change !== undefined && ((change.before ^ change.after) & mask) !== 0,
  };
}
