import { describe, expect, it } from 'vitest';
import { gnttabSlot } from '../../../src/sim/kernel/grant-alloc.ts';
import { netdevSlot } from '../../../src/sim/kernel/kernel.ts';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import { nodeSlot } from '../../../src/sim/xenstore/server.ts';
import { leftovers, NOTHING, ONE, Run, withBridge } from './run.ts';

const FE = '/local/domain/5/device/vif/0';
const BE = '/local/domain/0/backend/vif/5/0';
const BACK_ERROR = '/local/domain/0/error/backend/vif/5/0/error';
const FRONT_ERROR = '/local/domain/5/error/device/vif/0/error';

/** Changes a value in xenstore, or takes the node away, without anybody hearing of it. */
function plant(run: Run, path: string, value: string | undefined): void {
  const node = run.machine.get(nodeSlot(path))!;
  run.machine.set(nodeSlot(path), value === undefined ? undefined : { ...node, value });
}

/** What the backend published, in order. */
function published(run: Run): unknown[] {
  return run.effects
    .filter((e) => e.kind === 'xs' && e['op'] === 'WRITE' && e['conn'] === 'dom0' && e['path'] === 'backend/vif/5/0/state')
    .map((e) => e['value']);
}

describe('a backend that cannot connect', () => {
  const ready = 'connect#read_num_queues';

  it.each([
    ['a port that is not there', 'event-channel-tx', '99', '22 mapping shared-frames 520/521 port tx 99 rx 12'],
    ['an RX port that is not there', 'event-channel-rx', '98', '22 mapping shared-frames 520/521 port tx 11 rx 98'],
    ['a reference beyond the table', 'tx-ring-ref', '5000', '2 mapping shared-frames 5000/521 port tx 11 rx 12'],
    ['a missing reference', 'rx-ring-ref', undefined, `2 reading ${FE}/ring-ref`],
    ['too many queues', 'multi-queue-num-queues', '9', '22 guest requested 9 queues, but valid range is 1 - 1.'],
  ])('undoes everything: %s', (_, key, value, message) => {
    const run = new Run().until(ready);
    plant(run, `${FE}/${key}`, value);
    run.toEnd('dom0 xenwatch');
    expect(run.value(BACK_ERROR)).toBe(message);
    expect(run.end.logs.dom0).toContain(`vif vif-5-0: ${message}`);
    expect(run.end.maptrack).toEqual([]);
    expect(run.end.ports.filter(({ domid }) => domid === 0)).toEqual([]);
    expect(run.machine.threads.filter(({ name }) => name.endsWith('guest-rx')).map((one) => run.machine.next(one))).toEqual([undefined]);
    // The trap: Closing is published, and Connected right after it.
    expect(published(run).slice(0, 3)).toEqual(['2', '5', '4']);
  });

  it('takes the queues before the one that failed apart again', () => {
    const run = new Run('netif-multipage', { ...ONE, queues: 3 }).until(ready);
    plant(run, `${FE}/queue-2/event-channel-rx`, '98');
    run.toEnd('dom0 xenwatch');
    expect(run.steps.filter((key) => key === 'xenvif_disconnect_data#disconnect_queue')).toHaveLength(2);
    expect(run.end.maptrack).toEqual([]);
    expect(run.end.ports.filter(({ domid }) => domid === 0)).toEqual([]);
    expect(published(run).slice(0, 3)).toEqual(['2', '5', '4']);
  });

  it('loses the reason for a page that is not granted: the second message overwrites the first', () => {
    const run = new Run().until(ready);
    const { frame, offset } = entryAddress(5, 521);
    run.machine.store16(frame, offset, 0);
    run.toEnd('dom0 xenwatch');
    expect(run.end.logs.dom0.slice(0, 2)).toEqual([
      'vif vif-5-0: 1 mapping in shared page 521 from domain 5',
      'vif vif-5-0: 2 mapping shared-frames 520/521 port tx 11 rx 12',
    ]);
    expect(run.value(BACK_ERROR)).toBe('2 mapping shared-frames 520/521 port tx 11 rx 12');
    expect(run.end.maptrack).toEqual([]);
  });

  it('stays at Connected to nothing, if the frontend only ever reads the second state', () => {
    const run = new Run().until(ready);
    plant(run, `${FE}/event-channel-tx`, '99');
    run.toEnd('dom0 xenwatch');
    expect(run.value(`${FE}/state`)).toBe('4');
    expect(run.value(`${BE}/state`)).toBe('4');
    expect(run.end.rings.map(({ backend }) => backend)).toEqual([null, null]);
  });

  it('closes with a frontend that reads the first, having nothing left to disconnect', () => {
    const run = new Run().until(ready);
    plant(run, `${FE}/event-channel-tx`, '99');
    run.until('set_backend_state#switch_state').toEnd('domU xenbus', 'domU xenwatch');
    expect(published(run)).toEqual(['2', '5', '4', '5', '6']);
    expect(run.value(`${FE}/state`)).toBe('6');
  });
});

describe('a probe that fails', () => {
  it('undoes itself, and leaves a device without a driver', () => {
    const run = new Run().until('netback_probe#read_script');
    plant(run, `${BE}/script`, undefined);
    run.toEnd();
    expect(run.end.logs.dom0).toEqual(['vif vif-5-0: 2 reading script', 'vif vif-5-0: 2 xenbus_dev_probe on vif-5-0']);
    expect(run.value(`${BE}/hotplug-status`)).toBeUndefined();
    expect(run.value(BACK_ERROR)).toBe('2 xenbus_dev_probe on vif-5-0');
    expect(run.end.states.backend).toEqual({ published: 5, cached: 5, driver: null });
    expect(run.machine.get(netdevSlot('vif5.0'))).toBeUndefined();
  });
});

describe('a frontend that cannot connect', () => {
  it.each([
    ['no references for a pool', 'xennet_create_queues#init_queue', 100, '22 creating queues'],
    ['no references for a ring', 'setup_netfront#setup_tx_ring', 0, '28 granting access to 1 ring pages'],
    ['no references for the second ring', 'setup_netfront#setup_rx_ring', 0, '28 granting access to 1 ring pages'],
  ])('gives its device up: %s', (_, at, left, message) => {
    const run = new Run().until(at);
    const table = run.machine.get(gnttabSlot)!;
    run.machine.set(gnttabSlot, { ...table, free: left === 0 ? [] : [[8, left]], free_count: left, max_grant_frames: table.nr_grant_frames });
    run.toEnd();
    expect(run.value(FRONT_ERROR)).toBe(message);
    expect(run.end.logs.domU).toContain(`vif vif-0: ${message}`);
    expect(run.end.states.frontend).toEqual({ published: 6, cached: null, driver: null });
    expect(run.end.states.backend.published).toBe(6);
    expect(run.machine.get(netdevSlot('eth0'))).toBeUndefined();
    expect(leftovers(run.end)).toEqual(NOTHING);
  });

  it('gives its device up when it cannot read its address', () => {
    const run = new Run().until('talk_to_netback#read_mac');
    plant(run, `${FE}/mac`, undefined);
    run.toEnd();
    expect(run.value(FRONT_ERROR)).toBe('2 parsing device/vif/0/mac');
    expect(run.end.states.frontend).toEqual({ published: 6, cached: null, driver: null });
  });
});

describe('the hotplug script', () => {
  it('that finds no bridge says so, and the attach fails', () => {
    const run = withBridge('missing');
    expect(run.value(`${BE}/hotplug-error`)).toBe('Could not find bridge device xenbr0');
    expect(run.value(`${BE}/hotplug-status`)).toBe('error');
    expect(run.steps).toContain('libxl__device_add_async#attach_failed');
    // The kernels connect, but what the backend would publish waits for a word that does not come.
    expect(run.end.states.frontend.published).toBe(4);
    expect(run.end.states.backend).toEqual({ published: 2, cached: 2, driver: 4 });
  });

  it('that hangs is ended after 40 seconds', () => {
    const run = withBridge('hangs');
    expect(run.effects.filter((e) => e.kind === 'time')).toEqual([{ kind: 'time', timer: 'hotplug script', ms: 40_000 }]);
    expect(run.steps).toContain('libxl__device_add_async#attach_failed');
    expect(run.value(`${BE}/hotplug-status`)).toBe('');
  });
});

describe('a toolstack that waits', () => {
  it('gives an attach up after 10 seconds', () => {
    const run = new Run().until('xenbus_probe_node#read_state');
    plant(run, `${BE}/state`, '3');
    run.toEnd();
    expect(run.effects.filter((e) => e.kind === 'time').map((e) => e['ms'])).toEqual([10_000]);
    expect(run.steps).toContain('libxl__device_add_async#attach_failed');
    expect(run.machine.next(run.machine.threadNamed('toolstack')!)).toBeUndefined();
  });

  it('forces a detach after 10 seconds, if the guest does not follow', () => {
    const run = new Run().toEnd();
    run.machine.stop('domU xenwatch');
    run.act('network-detach').toEnd();
    expect(run.steps).toContain('libxl__initiate_device_generic_remove#become_forced');
    expect(run.effects.filter((e) => e.kind === 'time').map((e) => e['ms'])).toEqual([10_000]);
    expect(run.end.maptrack).toEqual([]);
    expect(run.end.xenstore.some(({ path }) => path.includes('vif'))).toBe(false);
  });

  it('removes what is left after another 10 seconds, if the backend does not follow either', () => {
    const run = new Run().toEnd();
    run.machine.stop('domU xenwatch');
    run.act('network-detach').until('libxl__initiate_device_generic_remove#become_forced');
    // A backend that is deaf: nothing reaches its thread.
    const deaf = run.machine.threadNamed('dom0 xenbus')!;
    run.machine.state.set(deaf.slot, 'finished');
    run.toEnd();
    expect(run.effects.filter((e) => e.kind === 'time').map((e) => e['ms'])).toEqual([10_000, 10_000]);
    expect(run.end.xenstore.some(({ path }) => path.includes('vif'))).toBe(false);
    // The rings are still mapped, and nobody will ever unmap them.
    expect(run.end.maptrack).toHaveLength(2);
  });
});
