// What the values on the stage are, so that a person can ask who wrote them.
import { sharedInfo } from '../../abi/event-channel.ts';
import { RING_HEADER } from '../../abi/ring.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { mirror } from '../../store/connection.ts';
import { BACK_DIR, DOMU, FRONT_DIR } from '../../store/stage/slots.ts';
import type { MemoryMap } from '../../store/stage/slots.ts';
import { bytesSubject, grantSubject, keySubject, slotSubject } from '../../store/subjects.ts';
import type { Subject } from '../../store/subjects.ts';
import type { NetdevView, PortView, RingPageView, RingView } from '../../store/view.ts';
import { ringName } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';

/** One of the three copies of a side's state. */
export function stateSubject(side: Side, copy: 'published' | 'cached' | 'driver'): Subject {
  if (copy === 'published') return keySubject(`${side === 'front' ? FRONT_DIR : BACK_DIR}/state`);
  if (copy === 'driver') return slotSubject(w.track.backDriver, 'netback:be', 'state');
  const device = side === 'front' ? 'xenbus:domU:vif-0' : 'xenbus:dom0:vif-5-0';
  return slotSubject(fill(w.track.cached, { end: w.track[side] }), device, 'state');
}

/** Of a ring page: its grant entry and, on the backend's side, its mapping; before it is granted, its ring. */
export function pageSubject(ring: RingView, page: RingPageView, side: Side): Subject {
  if (page.ref === null) {
    const name = fill(w.page.allocation, { ring: ringName(ring), queue: ring.queue });
    return slotSubject(name, `netfront:queue:${ring.queue}`, ring.direction);
  }
  return side === 'front' ? grantSubject(mirror, page.ref) : mappingSubject(page.ref);
}

/** What Xen keeps of a reference that is mapped. */
export function mappingSubject(ref: number, ...part: string[]): Subject {
  return slotSubject(fill(w.page.mapping, { ref }), `xen:active:${DOMU}:${ref}`, ...part);
}

/** dom0's maptrack handle. */
export function handleSubject(handle: number): Subject {
  return slotSubject(fill(w.ring.handle, { handle }), `xen:handle:0:${handle}`);
}

export type IndexField = keyof typeof RING_HEADER | 'req_prod_pvt' | 'rsp_cons' | 'rsp_prod_pvt' | 'req_cons';

/** What an index of a ring is called. */
export function indexName(ring: RingView, field: string): string {
  return fill(w.indexes.cell, { field, ring: ringName(ring), queue: ring.queue });
}

/** An index in the ring's shared header, or of one side's own. */
export function indexSubject(ring: RingView, field: IndexField, side: Side): Subject {
  const name = indexName(ring, field);
  if (Object.hasOwn(RING_HEADER, field)) {
    return bytesSubject(name, ring.pages[0]!.mfn, RING_HEADER[field as keyof typeof RING_HEADER], 4);
  }
  return slotSubject(name, `net${side}:queue:${ring.queue}`, ring.direction, 'indexes', field);
}

/** A flag of a network device. */
export function netdevSubject({ name }: NetdevView, flag: 'registered' | 'carrier' | 'up'): Subject {
  return slotSubject(fill(w.netdev.flag, { flag: w.netdev[flag], name }), `netdev:${name}`, flag);
}

export function portName({ dom, port }: PortView): string {
  return fill(w.ports.name, { dom: dom === 0 ? w.short.dom0 : w.short.domU, port });
}

/** What Xen keeps of a port. */
export function portSubject(port: PortView): Subject {
  return slotSubject(portName(port), `xen:port:${port.dom}:${port.port}`);
}

export function portBitName({ dom, port }: PortView, bit: 'pending' | 'masked'): string {
  return fill(w.ports.bit, { bit: w.ports[bit], dom: dom === 0 ? w.short.dom0 : w.short.domU, port });
}

/** A port's bit in one of the two maps of its domain's shared info page. */
export function portBitSubject(view: PortView, bit: 'pending' | 'masked'): Subject {
  const { dom, port } = view;
  const memory = mirror.slot(`xen:memory:${dom}`) as unknown as MemoryMap | undefined;
  const map = sharedInfo.offsets[bit === 'pending' ? 'evtchn_pending' : 'evtchn_mask']!;
  const name = portBitName(view, bit);
  const { cell } = bytesSubject(name, memory?.shared_info ?? 0, map + (port >>> 5) * 4, 4);
  return { name, cell: cell.cell === 'bytes' ? { ...cell, mask: (1 << (port & 31)) >>> 0 } : cell };
}
