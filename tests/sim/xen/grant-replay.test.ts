// The recorded grant operations, as far as they are modelled: each scenario until a domain turns to version 2
// entries. The recording gives each domain RAM at frames 0..63 and machine frame id*256+256+frame; ours lies
// elsewhere, so frame numbers are translated on the way in and back on the way out.
import { expect, it } from 'vitest';
import { GTF } from '../../../src/abi/grant-table.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { copyGrant } from '../../../src/sim/xen/grant-copy.ts';
import { createDomain, gfnToMfn } from '../../../src/sim/xen/domain.ts';
import {
  activeSlot, entryAddress, grantTableSlot, growGrantTable, handleSlot, mapGrantRef, maptrackSlot, querySize,
  unmapGrantRef,
} from '../../../src/sim/xen/grant-table.ts';
import { Comparison, recording } from './world.ts';

interface Spec {
  id: number; hvm: boolean; max_grant_frames: number; max_maptrack_frames: number; vcpus: number;
}
interface Entry { d: number; r: number; sha: string; pin: number; act?: number[] }
interface Op {
  scenario?: string; domains: Spec[]; i: number; op: string; cur: number; ref: number; bytes: string;
  vcpu: number; host_addr: string; flags: number; dom: number; status: number; handle: number; bus: string;
  e: (Entry | null)[]; mt: number; mtflags: number; nr_frames: number; now_frames: number; nr: number;
  max: number; version: number; rc: number; ended: number; a: number; b: number;
  ops: number[][];
}

const FAR = 0x40000000;
const SELF = 0x7ff0;

class Replay extends Comparison {
  readonly machine = new Machine([]);

  constructor(private readonly specs: readonly Spec[]) {
    super();
    for (const spec of specs) {
      createDomain(this.machine, {
        id: spec.id,
        kind: spec.hvm ? 'pvh' : 'pv',
        vcpus: spec.vcpus,
        maxGrantFrames: spec.max_grant_frames,
        maxMaptrackFrames: spec.max_maptrack_frames,
        maxPort: 1023,
      });
    }
  }

  /** Applies one recorded operation and compares; false where the scenario leaves what is modelled. */
  run(op: Op): boolean {
    switch (op.op) {
      case 'poke':
        this.poke(op);
        return true;
      case 'map':
        this.map(op);
        break;
      case 'unmap':
        this.unmap(op);
        break;
      case 'copy':
        this.copy(op);
        break;
      case 'guest_end_access':
        this.endAccess(op);
        break;
      case 'setup_table':
        return this.setupTable(op);
      case 'query_size':
        return this.querySize(op);
      case 'swap':
        if (op.status === 0) this.swap(op);
        return true;
      case 'set_version':
        return op.version !== 2 || op.rc !== 0;
      default:
        // Queries and refused calls.
        return ['get_version', 'get_status_frames', 'raw'].includes(op.op);
    }
    for (const entry of op.e) if (entry) this.compareEntry(op, entry);
    this.count(op.op);
    return true;
  }

  private poke({ cur, ref, bytes }: Op): void {
    const buffer = Buffer.from(bytes, 'hex');
    const { frame, offset } = entryAddress(cur, ref);
    this.machine.store32(frame, offset, buffer.readUInt32LE(0));
    this.machine.store32(frame, offset + 4, this.frameIn(cur, buffer.readUInt32LE(4)));
  }

  private map(op: Op): void {
    const { ref, dom, flags, vcpu } = op;
    const asked = { host_addr: parseInt(op.host_addr, 16), flags, ref, dom };
    const got = mapGrantRef(this.machine, op.cur, asked, vcpu);
    const limit = this.machine.get(maptrackSlot(op.cur))!.limit;
    this.same(op, { status: got.status, limit }, { status: op.status, limit: op.mt });
    if (op.status !== 0) return;
    const recorded = { handle: op.handle, bus: this.busIn(op.bus) };
    this.same(op, { handle: got.handle, bus: got.dev_bus_addr }, recorded);
  }

  private unmap(op: Op): void {
    const { cur, handle } = op;
    const asked = { host_addr: parseInt(op.host_addr, 16), dev_bus_addr: this.busIn(op.bus), handle };
    const { status } = unmapGrantRef(this.machine, cur, asked);
    const exists = handle < this.machine.get(maptrackSlot(cur))!.limit;
    const flags = exists ? (this.machine.get(handleSlot(cur, handle))?.flags ?? 0) : -1;
    this.same(op, { status, flags }, { status: op.status, flags: op.mtflags });
  }

  /** Each element as [source by reference?, page, domain, offset, the same of the destination, length]. */
  private copy(op: Op): void {
    const { cur } = op;
    const end = (byRef: number, page: number, domid: number, offset: number) => ({
      page: byRef ? page : this.frameIn(cur, page), domid, offset,
    });
    const found = op.ops.map(([s, sp, sd, so, d, dp, dd, at, len]) => {
      const asked = { source: end(s!, sp!, sd!, so!), dest: end(d!, dp!, dd!, at!), len: len!, flags: s! | (d! << 1) };
      return copyGrant(this.machine, cur, asked).status;
    });
    this.same(op, found, op.status);
  }

  /** The guest's own work; what is compared is whether Xen's marks let it. */
  private endAccess(op: Op): void {
    const { frame, offset } = entryAddress(op.cur, op.ref);
    const busy = (this.machine.load16(frame, offset) & (GTF.reading | GTF.writing)) !== 0;
    this.same(op, { ended: busy ? 0 : 1 }, { ended: op.ended });
    if (!busy) this.machine.store16(frame, offset, 0);
  }

  /** Its checks of who asks about whom are not modelled. */
  private setupTable(op: Op): boolean {
    if (op.status !== 0 && op.status !== -1) return true;
    const dom = op.dom === SELF ? op.cur : op.dom;
    const ok = growGrantTable(this.machine, dom, op.nr_frames);
    const { frames } = this.machine.get(grantTableSlot(dom))!;
    this.same(op, { ok, frames }, { ok: op.status === 0, frames: op.now_frames });
    this.count(op.op);
    return true;
  }

  private querySize(op: Op): boolean {
    if (op.status === -8) return true;
    const dom = op.dom === SELF ? op.cur : op.dom;
    const recorded = { nr_frames: op.nr, max_nr_frames: op.max, status: op.status };
    this.same(op, querySize(this.machine, dom), recorded);
    this.count(op.op);
    return true;
  }

  /** Not modelled: its effect is taken over. */
  private swap({ cur, a, b }: Op): void {
    const { machine } = this;
    const first = entryAddress(cur, a);
    const second = entryAddress(cur, b);
    for (const word of [0, 4]) {
      const kept = machine.load32(first.frame, first.offset + word);
      machine.store32(first.frame, first.offset + word, machine.load32(second.frame, second.offset + word));
      machine.store32(second.frame, second.offset + word, kept);
    }
  }

  private compareEntry(op: Op, recorded: Entry): void {
    const { d, r } = recorded;
    const { frame, offset } = entryAddress(d, r);
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(this.machine.load32(frame, offset), 0);
    bytes.writeUInt32LE(this.frameOut(d, this.machine.load32(frame, offset + 4)), 4);
    const active = this.machine.get(activeSlot(d, r));
    const found = {
      d, r, sha: bytes.toString('hex'), pin: active?.pin ?? 0,
      act: active && [active.mapper, d, 0, 0, 4096, r, this.mfnOut(d, active.mfn)],
    };
    this.same(op, found, { act: undefined, ...recorded });
  }

  private mfn(dom: number, gfn: number): number {
    return gfnToMfn(this.machine, dom, gfn)!;
  }

  private frameIn(dom: number, frame: number): number {
    if (frame >= 64) return frame + FAR;
    return this.spec(dom).hvm ? frame : this.mfn(dom, frame);
  }

  private frameOut(dom: number, frame: number): number {
    if (frame >= FAR) return frame - FAR;
    // An entry that was never written holds zero, in the recording and here alike.
    return this.spec(dom).hvm || frame === 0 ? frame : this.mfnOut(dom, frame) - dom * 256 - 256;
  }

  private mfnOut(dom: number, mfn: number): number {
    for (let gfn = 0; gfn < 64; gfn++) if (this.mfn(dom, gfn) === mfn) return dom * 256 + 256 + gfn;
    throw new Error(`machine frame ${mfn} is none of domain ${dom}`);
  }

  /** A bus address of the recording, in ours; one that belongs to no domain stays as it is. */
  private busIn(hex: string): number {
    const address = parseInt(hex, 16);
    const mfn = Math.floor(address / 4096);
    for (const { id } of this.specs) {
      const gfn = mfn - id * 256 - 256;
      if (gfn >= 0 && gfn < 64) return this.mfn(id, gfn) * 4096 + (address % 4096);
    }
    return address;
  }

  private spec(dom: number): Spec {
    return this.specs.find(({ id }) => id === dom)!;
  }
}

const scenarios: { name: string; domains: Spec[]; ops: Op[] }[] = [];
for (const line of recording('grant-ops.jsonl') as unknown as Op[]) {
  if (line.scenario !== undefined) scenarios.push({ name: line.scenario, domains: line.domains, ops: [] });
  else scenarios.at(-1)!.ops.push(line);
}

/** How far each scenario goes before version 2 (random-2 starts with it); 403 operations compared in all. */
const expected: Record<string, { to: number; compared: Record<string, number> }> = {
  'map-checks': { to: 75, compared: { map: 37, unmap: 19, guest_end_access: 2 } },
  'copy-checks': { to: 26, compared: { map: 1, unmap: 1, copy: 21 } },
  'v2-basics': { to: 2, compared: { map: 1 } },
  tables: { to: 33, compared: { map: 1, setup_table: 7, query_size: 3 } },
  'random-1': {
    to: 358,
    compared: { map: 102, unmap: 64, copy: 65, guest_end_access: 12, setup_table: 5, query_size: 2 },
  },
  'random-3': { to: 82, compared: { map: 28, unmap: 12, copy: 16, guest_end_access: 3, setup_table: 1 } },
};

it.each(Object.entries(expected))('%s: every modelled operation gives what was recorded', (name, extent) => {
  const { domains, ops } = scenarios.find((scenario) => scenario.name === name)!;
  const replay = new Replay(domains);
  let to = 0;
  while (to < ops.length && replay.run(ops[to]!)) to++;
  expect(replay.differences).toEqual([]);
  expect({ to, compared: replay.compared }).toEqual(extent);
});
