// The recorded event channel operations, as far as they are modelled: each scenario until a call that is not
// (virq, ipi, FIFO, reset, death) succeeds. After every operation the whole modelled state of every domain is
// compared.
import { expect, it } from 'vitest';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { createDomain, sharedInfoMfn } from '../../../src/sim/xen/domain.ts';
import {
  allocUnbound, bindInterdomain, clearPending, close, masked, pending, portSlot, ready, send, setMask,
  unmask,
} from '../../../src/sim/xen/event-channel.ts';
import { Comparison, recording } from './world.ts';

type DomainLine = [id: number, vcpus: number, maxPort: number, privileged: number];
type PortLine = [
  port: number, state: number, vcpu: number, a: number, b: number, priority: number, pending: number,
  masked: number,
];
type Words = [index: number, hex: string][];
interface DomainState { n: number; p: PortLine[]; pw: Words; mw: Words }
interface Op {
  scenario?: string; domains: DomainLine[]; i: number; op: string; cur: [domain: number, vcpu: number];
  a: number[]; rc?: number; port?: number; handled: number[]; st: Record<string, DomainState>;
}

const STATE = { reserved: 1, unbound: 2, interdomain: 3 };
/** Calls that are not modelled and that change something when they succeed. */
const BEYOND = new Set([
  'bind_virq', 'bind_ipi', 'raise_vcpu_virq', 'init_control', 'expand_array', 'reset', 'domain_destroy',
]);

class Replay extends Comparison {
  readonly machine = new Machine([]);
  private readonly states = new Map<number, DomainState>();
  /** By domain and port, while it is ready: the vCPU that was told so, even if the port moves later. */
  private readonly told = new Map<string, number>();

  constructor(private readonly domains: readonly DomainLine[]) {
    super();
    for (const [id, vcpus, maxPort] of domains) {
      createDomain(this.machine, { id, kind: 'pv', vcpus, maxGrantFrames: 1, maxMaptrackFrames: 1, maxPort });
    }
  }

  /** Applies one recorded operation and compares; false where the scenario leaves what is modelled. */
  run(op: Op): boolean {
    if (BEYOND.has(op.op) && (op.rc ?? 0) === 0) return false;
    const { rc, port } = this.apply(op);
    if (rc !== undefined) {
      this.same(op, rc, op.rc);
      if (op.port !== undefined) this.same(op, port, op.port);
      this.count(op.op);
    }
    for (const [id, state] of Object.entries(op.st)) this.states.set(Number(id), state);
    for (const [id] of this.domains) {
      this.compareState(op, id);
      for (const port of this.ports(id)) this.tell(id, port);
    }
    return true;
  }

  private apply(op: Op): { rc?: number; port?: number } {
    const { machine } = this;
    const [caller, vcpu] = op.cur;
    const [first = 0, second = 0] = op.a ?? [];
    switch (op.op) {
      case 'alloc_unbound':
        return allocUnbound(machine, caller, { dom: first, remote_dom: second });
      case 'bind_interdomain': {
        const args = { remote_dom: first, remote_port: second };
        const { rc, local_port } = bindInterdomain(machine, caller, args);
        return { rc, port: local_port };
      }
      case 'send':
        return send(machine, caller, first);
      case 'close':
        return close(machine, caller, first);
      case 'unmask':
        return unmask(machine, caller, first);
      case 'guest_mask':
        setMask(machine, caller, first, true);
        return {};
      case 'guest_clear_pending':
        clearPending(machine, caller, first);
        return {};
      case 'guest_mask_0_127':
        for (let port = 0; port < 128; port++) setMask(machine, caller, port, true);
        return {};
      case 'guest_upcall':
        this.upcall(op, caller, vcpu);
        return {};
      case 'bind_vcpu':
        // Not modelled: its effect is taken over.
        if (op.rc === 0) {
          machine.set(portSlot(caller, first), { ...machine.get(portSlot(caller, first))!, vcpu: second });
        }
        return {};
      default:
        return {};
    }
  }

  /** The handler finds what is ready, in ascending order, and clears it. */
  private upcall(op: Op, caller: number, vcpu: number): void {
    const found = this.ports(caller).filter((port) => this.told.get(`${caller}:${port}`) === vcpu);
    this.same(op, found, op.handled);
    for (const port of found) clearPending(this.machine, caller, port);
    this.count(op.op);
  }

  private tell(dom: number, port: number): void {
    const key = `${dom}:${port}`;
    if (!ready(this.machine, dom, port)) this.told.delete(key);
    else if (!this.told.has(key)) this.told.set(key, this.machine.get(portSlot(dom, port))!.vcpu);
  }

  private ports(dom: number): number[] {
    const all = Array.from({ length: 128 }, (_, port) => port);
    return all.filter((port) => this.machine.get(portSlot(dom, port)));
  }

  private compareState(op: Op, dom: number): void {
    const { machine } = this;
    const p = this.ports(dom).map((port): PortLine => {
      const { state, vcpu, remoteDom, remotePort } = machine.get(portSlot(dom, port))!;
      const peer = state === 'interdomain' ? remotePort : -1;
      const bits = [Number(pending(machine, dom, port)), Number(masked(machine, dom, port))] as const;
      return [port, STATE[state], vcpu, remoteDom, peer, 0, ...bits];
    });
    const found = { dom, n: p.length, p, pw: this.words(dom, 2048), mw: this.words(dom, 2560) };
    const { n, p: ports, pw, mw } = this.states.get(dom)!;
    this.same(op, found, { dom, n, p: ports, pw, mw });
  }

  /** The 64-bit words that are not zero. */
  private words(dom: number, offset: number): Words {
    const found: Words = [];
    for (let index = 0; index < 64; index++) {
      const low = this.machine.load32(sharedInfoMfn(dom), offset + index * 8);
      const high = this.machine.load32(sharedInfoMfn(dom), offset + index * 8 + 4);
      const word = (BigInt(high) << 32n) | BigInt(low);
      if (word !== 0n) found.push([index, word.toString(16)]);
    }
    return found;
  }
}

const scenarios: { name: string; domains: DomainLine[]; ops: Op[] }[] = [];
for (const line of recording('evtchn-ops.jsonl') as unknown as Op[]) {
  if (line.scenario !== undefined) scenarios.push({ name: line.scenario, domains: line.domains, ops: [] });
  else scenarios.at(-1)!.ops.push(line);
}

/** How far each scenario goes (random-2 starts with FIFO); 248 operations compared in all. */
const expected: Record<string, { to: number; compared: Record<string, number> }> = {
  'handshake-2l': {
    to: 40,
    compared: { alloc_unbound: 1, bind_interdomain: 4, close: 4, guest_upcall: 10, send: 8, unmask: 3 },
  },
  errors: { to: 45, compared: { alloc_unbound: 8, bind_interdomain: 12, close: 3, send: 4, unmask: 5 } },
  'two-level-order': {
    to: 163,
    compared: { alloc_unbound: 71, bind_interdomain: 70, close: 2, guest_upcall: 9, send: 7, unmask: 1 },
  },
  'random-1': {
    to: 22,
    compared: { alloc_unbound: 4, bind_interdomain: 2, close: 1, guest_upcall: 4, send: 5, unmask: 2 },
  },
  'random-3': { to: 11, compared: { bind_interdomain: 3, guest_upcall: 1, send: 3, unmask: 1 } },
};

it.each(Object.entries(expected))('%s: every modelled operation gives what was recorded', (name, extent) => {
  const { domains, ops } = scenarios.find((scenario) => scenario.name === name)!;
  const replay = new Replay(domains);
  let to = 0;
  while (to < ops.length && replay.run(ops[to]!)) to++;
  expect(replay.differences).toEqual([]);
  expect({ to, compared: replay.compared }).toEqual(extent);
});
