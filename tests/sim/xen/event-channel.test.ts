import { describe, expect, it } from 'vitest';
import { DOMID } from '../../../src/abi/grant-table.ts';
import type { Machine } from '../../../src/sim/machine/machine.ts';
import { sharedInfoMfn } from '../../../src/sim/xen/domain.ts';
import {
  allocUnbound, bindInterdomain, clearPending, close, masked, pending, portSlot, portsSlot, ready,
  reservePort, send, setMask, unmask,
} from '../../../src/sim/xen/event-channel.ts';
import { DOM0, DOMU, fingerprint, inOneStep, OTHER, world } from './world.ts';

const [EPERM, ESRCH, EINVAL, ENOSPC] = [-1, -3, -22, -28];

/** Domain 5's port 1 joined to domain 0's port 1, nothing pending. */
function joined(): Machine {
  const machine = world();
  allocUnbound(machine, DOMU, { dom: DOMID.SELF, remote_dom: DOM0 });
  bindInterdomain(machine, DOM0, { remote_dom: DOMU, remote_port: 1 });
  clearPending(machine, DOM0, 1);
  return machine;
}

describe('alloc_unbound', () => {
  it('takes the lowest free port, unbound for the other domain', () => {
    const machine = world();
    for (let port = 1; port <= 10; port++) reservePort(machine, DOMU, port);
    const args = { dom: DOMID.SELF, remote_dom: DOM0 };
    const { result, effects } = inOneStep(machine, (c) => allocUnbound(c, DOMU, args));
    expect(result).toEqual({ rc: 0, port: 11 });
    expect(effects).toEqual([{ kind: 'xen', op: 'alloc_unbound', caller: DOMU, args, result }]);
    const unbound = { state: 'unbound', remoteDom: DOM0, remotePort: 0, vcpu: 0 };
    expect(machine.get(portSlot(DOMU, 11))).toEqual(unbound);
  });

  it('lets remote_dom be a domain that does not exist, or the caller itself', () => {
    const machine = world();
    expect(allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: 99 }).rc).toBe(0);
    expect(allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOMID.SELF }).rc).toBe(0);
    expect(machine.get(portSlot(DOMU, 2))!.remoteDom).toBe(DOMU);
  });

  it('checks the domain, then for a port, then the privilege', () => {
    const machine = world({ maxPort: 1 });
    const ask = (caller: number, dom: number) => allocUnbound(machine, caller, { dom, remote_dom: DOM0 });
    expect(ask(OTHER, 99)).toEqual({ rc: ESRCH, port: 0 });
    expect(ask(OTHER, DOMU)).toEqual({ rc: EPERM, port: 0 });
    expect(ask(DOM0, DOMU)).toEqual({ rc: 0, port: 1 });
    expect(ask(OTHER, DOMU)).toEqual({ rc: ENOSPC, port: 0 });
  });

  it('stops at the last port of the 2-level bitmaps, whatever the limit', () => {
    const machine = world({ maxPort: 2 ** 31 - 1 });
    for (let port = 1; port < 4096; port++) reservePort(machine, DOMU, port);
    expect(allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOM0 }).rc).toBe(ENOSPC);
  });
});

describe('bind_interdomain', () => {
  it('joins both ports and sets the binder\'s own pending', () => {
    const machine = world();
    allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOM0 });
    reservePort(machine, DOM0, 1);
    const args = { remote_dom: DOMU, remote_port: 1 };
    const { result, effects } = inOneStep(machine, (c) => bindInterdomain(c, DOM0, args));
    expect(result).toEqual({ rc: 0, local_port: 2 });
    expect(effects).toEqual([{ kind: 'xen', op: 'bind_interdomain', caller: DOM0, args, result }]);
    const interdomain = { state: 'interdomain', vcpu: 0 };
    expect(machine.get(portSlot(DOM0, 2))).toEqual({ ...interdomain, remoteDom: DOMU, remotePort: 1 });
    expect(machine.get(portSlot(DOMU, 1))).toEqual({ ...interdomain, remoteDom: DOM0, remotePort: 2 });
    expect([pending(machine, DOM0, 2), pending(machine, DOMU, 1)]).toEqual([true, false]);
  });

  it('checks the domain, then for a port, then the remote port', () => {
    const machine = world({ maxPort: 1 });
    reservePort(machine, DOM0, 1);
    expect(bindInterdomain(machine, DOM0, { remote_dom: 99, remote_port: 1 }).rc).toBe(ESRCH);
    expect(bindInterdomain(machine, DOM0, { remote_dom: DOMU, remote_port: 1 }).rc).toBe(ENOSPC);
    expect(bindInterdomain(machine, OTHER, { remote_dom: DOMU, remote_port: 1 }).rc).toBe(EINVAL);
  });

  it('refuses a port that is not there, free, reserved, joined already, or for someone else', () => {
    const machine = joined();
    reservePort(machine, DOMU, 2);
    allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: OTHER });
    for (const remote_port of [0, 1, 2, 3, 4, 63, 64, 4096, 200_000]) {
      const result = bindInterdomain(machine, DOM0, { remote_dom: DOMU, remote_port });
      expect(result).toEqual({ rc: EINVAL, local_port: 0 });
    }
  });

  it('joins two ports of one domain', () => {
    const machine = world();
    allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOMID.SELF });
    expect(bindInterdomain(machine, DOMU, { remote_dom: DOMID.SELF, remote_port: 1 }).local_port).toBe(2);
    expect(send(machine, DOMU, 2)).toMatchObject({ rc: 0, delivered: true });
    expect(pending(machine, DOMU, 1)).toBe(true);
  });
});

describe('send', () => {
  it('sets the peer pending, once', () => {
    const machine = joined();
    const { result, effects } = inOneStep(machine, (c) => send(c, DOM0, 1));
    expect(result).toEqual({ rc: 0, delivered: true, coalesced: false });
    expect(effects).toEqual([{ kind: 'xen', op: 'send', caller: DOM0, args: { port: 1 }, result }]);
    expect([pending(machine, DOMU, 1), pending(machine, DOM0, 1)]).toEqual([true, false]);
    expect(send(machine, DOM0, 1)).toEqual({ rc: 0, delivered: true, coalesced: true });
  });

  it('succeeds on an unbound port, and nothing happens', () => {
    const machine = world();
    allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOM0 });
    const before = fingerprint(machine);
    expect(send(machine, DOMU, 1)).toEqual({ rc: 0, delivered: false, coalesced: false });
    expect(fingerprint(machine)).toEqual(before);
  });

  it('refuses ports that are not there, free or reserved', () => {
    const machine = joined();
    reservePort(machine, DOMU, 2);
    for (const port of [0, 2, 30, 64, 131_072]) expect(send(machine, DOMU, port).rc).toBe(EINVAL);
  });
});

describe('close', () => {
  it('frees the port, clears pending and not mask, and leaves the peer unbound for the closer', () => {
    const machine = joined();
    setMask(machine, DOMU, 1, true);
    send(machine, DOM0, 1);
    const { result, effects } = inOneStep(machine, (c) => close(c, DOMU, 1));
    expect(result).toEqual({ rc: 0 });
    expect(effects).toEqual([{ kind: 'xen', op: 'close', caller: DOMU, args: { port: 1 }, result }]);
    expect(machine.get(portSlot(DOMU, 1))).toBeUndefined();
    expect([pending(machine, DOMU, 1), masked(machine, DOMU, 1)]).toEqual([false, true]);
    const unbound = { state: 'unbound', remoteDom: DOMU, remotePort: 0, vcpu: 0 };
    expect(machine.get(portSlot(DOM0, 1))).toEqual(unbound);
    expect(send(machine, DOM0, 1)).toMatchObject({ rc: 0, delivered: false });
    const again = bindInterdomain(machine, DOMU, { remote_dom: DOM0, remote_port: 1 });
    expect(again).toEqual({ rc: 0, local_port: 1 });
  });

  it('refuses ports that are not there, free or reserved', () => {
    const machine = joined();
    reservePort(machine, DOMU, 2);
    for (const port of [0, 2, 40, 9999]) expect(close(machine, DOMU, port).rc).toBe(EINVAL);
  });

  it('gives the lowest free port out again, and leaves no trace of the order', () => {
    const machine = world();
    const before = fingerprint(machine);
    const alloc = () => allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOM0 }).port;
    expect([alloc(), alloc(), alloc()]).toEqual([1, 2, 3]);
    close(machine, DOMU, 1);
    close(machine, DOMU, 2);
    expect(machine.get(portsSlot(DOMU))).toEqual({ range: 64, next: 4, free: [1, 2] });
    expect([alloc(), alloc(), alloc()]).toEqual([1, 2, 4]);
    for (const port of [2, 4, 1, 3]) close(machine, DOMU, port);
    expect(fingerprint(machine)).toEqual(before);
  });
});

describe('mask and pending', () => {
  it('are bits of the shared info page at 2048 and 2560', () => {
    const machine = world();
    for (let port = 1; port <= 70; port++) allocUnbound(machine, DOMU, { dom: DOMU, remote_dom: DOM0 });
    bindInterdomain(machine, DOM0, { remote_dom: DOMU, remote_port: 70 });
    inOneStep(machine, (c) => setMask(c, DOMU, 31, true));
    send(machine, DOM0, 1);
    const page = sharedInfoMfn(DOMU);
    expect(machine.load32(page, 2048 + 8)).toBe(1 << 6);
    expect(machine.load32(page, 2560)).toBe(0x80000000);
    inOneStep(machine, (c) => clearPending(c, DOMU, 70));
    inOneStep(machine, (c) => setMask(c, DOMU, 31, false));
    expect([machine.load32(page, 2048 + 8), machine.load32(page, 2560)]).toEqual([0, 0]);
  });

  it('an event that came while masked is ready once unmasked', () => {
    const machine = joined();
    setMask(machine, DOMU, 1, true);
    send(machine, DOM0, 1);
    expect(inOneStep(machine, (c) => ready(c, DOMU, 1)).result).toBe(false);
    expect(inOneStep(machine, (c) => unmask(c, DOMU, 1)).result).toEqual({ rc: 0 });
    expect(ready(machine, DOMU, 1)).toBe(true);
    clearPending(machine, DOMU, 1);
    expect(ready(machine, DOMU, 1)).toBe(false);
  });

  it('unmask takes any port that has storage, but leaves the bit of one that is free', () => {
    const machine = world();
    setMask(machine, DOMU, 40, true);
    for (const port of [0, 40, 63]) expect(unmask(machine, DOMU, port).rc).toBe(0);
    expect(masked(machine, DOMU, 40)).toBe(true);
    for (const port of [64, 9999]) expect(unmask(machine, DOMU, port).rc).toBe(EINVAL);
    reservePort(machine, DOMU, 64);
    expect(unmask(machine, DOMU, 127).rc).toBe(0);
    expect(unmask(machine, DOMU, 128).rc).toBe(EINVAL);
  });

  it('a call that fails after it found a port leaves the storage grown', () => {
    const machine = world();
    for (let port = 1; port < 64; port++) reservePort(machine, DOMU, port);
    expect(allocUnbound(machine, OTHER, { dom: DOMU, remote_dom: DOM0 }).rc).toBe(EPERM);
    expect(unmask(machine, DOMU, 127).rc).toBe(0);
  });
});

describe('reservePort', () => {
  it('takes a port anywhere, and refuses one that is taken', () => {
    const machine = world();
    reservePort(machine, DOMU, 3);
    expect(machine.get(portsSlot(DOMU))).toEqual({ range: 64, next: 4, free: [1, 2] });
    expect(() => reservePort(machine, DOMU, 3)).toThrow('port 3 of domain 5 is not free');
    expect(() => reservePort(machine, DOMU, 0)).toThrow('port 0 of domain 5 is not free');
  });
});
