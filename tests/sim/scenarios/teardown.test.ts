import { describe, expect, it } from 'vitest';
import { entryAddress } from '../../../src/sim/xen/grant-table.ts';
import { dyingSlot } from '../../../src/sim/xen/domain.ts';
import { ringPagesSlot } from '../../../src/sim/kernel/pages.ts';
import { deferredSlot } from '../../../src/sim/kernel/grant-deferred.ts';
import { netdevSlot } from '../../../src/sim/kernel/kernel.ts';
import { leftovers, NOTHING, ONE, Run } from './run.ts';

const FE = '/local/domain/5/device/vif/0';
const BE = '/local/domain/0/backend/vif/5/0';
const CONFIGS = [
  ONE,
  { ...ONE, backend: 'pvh' as const },
  { ...ONE, txPages: 4, rxPages: 2, queues: 2 },
];

/** The paths that a device leaves in xenstore. */
function devicePaths(run: Run): string[] {
  return run.end.xenstore.map(({ path }) => path).filter((path) => /vif|\/device/.test(path));
}

function bothConnected(run: Run): void {
  const four = { published: 4, cached: 4 };
  expect(run.end.states).toEqual({ frontend: { ...four, driver: null }, backend: { ...four, driver: 4 } });
}

describe.each(CONFIGS)('every scenario ends properly: $txPages and $rxPages pages, $queues queues, $backend', (config) => {
  it.each(['close-unplug', 'close-forced', 'close-crash'])('%s leaves nothing anywhere', (id) => {
    const run = new Run(id, config).toEnd();
    const none = { published: null, cached: null, driver: null };
    expect(run.end.states).toEqual({ frontend: none, backend: none });
    expect(devicePaths(run)).toEqual([]);
    expect(run.machine.get(netdevSlot('vif5.0'))).toBeUndefined();
    expect(run.machine.get(netdevSlot('eth0'))).toBeUndefined();
    expect(run.machine.get(ringPagesSlot) ?? []).toEqual([]);
    expect(run.end.maptrack).toEqual([]);
    expect(run.end.ports).toEqual([]);
    // A guest that died has revoked nothing: its table died with it.
    if (id !== 'close-crash') expect(leftovers(run.end)).toEqual(NOTHING);
  });

  it('close-unbind leaves a backend that waits at Closed, and nothing shared', () => {
    const run = new Run('close-unbind', config).toEnd();
    expect(run.end.states).toEqual({
      frontend: { published: 6, cached: 6, driver: null },
      backend: { published: 6, cached: 6, driver: 6 },
    });
    expect(leftovers(run.end)).toEqual(NOTHING);
    expect(run.value(`${BE}/online`)).toBe('1');
    expect(run.value(`${BE}/hotplug-status`)).toBe('connected');
    expect(run.machine.get(netdevSlot('vif5.0'))).toEqual({ registered: true, carrier: false, up: true });
    expect(run.machine.get(netdevSlot('eth0'))).toBeUndefined();
    // The keys of the first handshake stay, and mean nothing.
    expect(run.value(config.queues === 1 ? `${FE}/tx-ring-ref` : `${FE}/queue-0/tx-ring-ref0`)).toBeDefined();
  });

  it.each(['reconnect-unbind-bind', 'reconnect-resume'])('%s connects again, with other references', (id) => {
    const first = new Run('netif-multipage', config).toEnd().end;
    const run = new Run(id, config).toEnd();
    bothConnected(run);
    const { rings, maptrack, ports, queues } = run.end;
    expect(queues).toBe(config.queues);
    expect(rings.map((ring) => ring.refs)).not.toEqual(first.rings.map((ring) => ring.refs));
    expect(rings.map((ring) => ring.gfns)).toEqual(first.rings.map((ring) => ring.gfns));
    const pages = config.queues * (config.txPages + config.rxPages);
    expect(maptrack).toHaveLength(pages);
    expect(run.end.grant_table.entries.filter(({ pin }) => pin !== null)).toHaveLength(pages);
    expect(ports).toHaveLength(4 * config.queues);
    expect(ports.every(({ state, masked }) => state === 'interdomain' && !masked)).toBe(true);
    expect(run.machine.get(netdevSlot('vif5.0'))).toEqual({ registered: true, carrier: true, up: true });
    expect(run.machine.get(netdevSlot('eth0'))).toEqual({ registered: true, carrier: true, up: true });
    expect(run.end.logs.dom0.filter((line) => line.endsWith('Guest Rx ready'))).toHaveLength(2);
  });
});

describe('the order of unplugging', () => {
  const run = new Run('close-unplug').toEnd();

  it('is that of the sources: the frontend says Closed, the backend lets go, the directories vanish, the grants end', () => {
    const order = run.order(
      'libxl__initiate_device_generic_remove#write_online',
      'libxl__initiate_device_generic_remove#write_closing',
      'xenbus_frontend_closed#switch_to_closed',
      'xen_unregister_watchers#unwatch_multicast_control',
      'xenvif_carrier_off#clear_connected',
      'xenvif_down#disable_tx',
      'kthread_stop#set_should_stop',
      'xenvif_kthread_guest_rx#exit_thread',
      'kthread_stop#wait_for_exit',
      'xenvif_disconnect_queue#unbind_tx',
      'xenvif_disconnect_queue#unbind_rx',
      'xenvif_unmap_frontend_rings#unmap_tx',
      'xenvif_unmap_frontend_rings#unmap_rx',
      'backend_disconnect#forget_queues',
      'frontend_changed#read_online',
      'free_otherend_watch#unregister_watch',
      'netback_remove#rm_hotplug_status',
      'xenvif_free#unregister_netdev',
      'vif-bridge offline#remove_from_bridge',
      'libxl__device_destroy#commit_transaction',
      'xenbus_cleanup_devices#device_unregister',
      'xennet_bus_close#read_backend_state',
      'xennet_disconnect_backend#unbind_tx',
      'xennet_release_tx_bufs#find_tx_bufs',
      'xennet_release_rx_bufs#end_rx_grants',
      'xennet_disconnect_backend#free_tx_pool',
      'xennet_disconnect_backend#end_tx_ring_page',
      'xennet_disconnect_backend#end_rx_ring_page',
      'unregister_netdev#unlist',
      'xennet_destroy_queues#free_queue',
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('shows 5 and 6 on the backend, and 6 alone on the frontend', () => {
    const written = (conn: string, path: string): unknown[] =>
      run.effects
        .filter((e) => e.kind === 'xs' && e['op'] === 'WRITE' && e['conn'] === conn && e['path'] === path)
        .map((e) => e['value']);
    expect(written('domU', 'device/vif/0/state')).toEqual(['6']);
    expect(written('libxl', `${BE}/state`)).toEqual(['5']);
    expect(written('dom0', 'backend/vif/5/0/state')).toEqual(['5', '6']);
  });

  it('defers no grant', () => {
    expect(run.steps).not.toContain('gnttab_end_foreign_access#add_deferred');
  });

  it('can be followed by another attach, which connects', () => {
    const again = new Run('close-unplug').toEnd().act('network-attach').toEnd();
    bothConnected(again);
    expect(again.machine.get(netdevSlot('eth0'))?.up).toBe(true);
  });
});

describe('unplugging by force', () => {
  it('waits for the backend even if the guest is quicker: nothing is deferred', () => {
    const run = new Run('close-forced').until('xenbus_cleanup_devices#device_unregister').toEnd('domU xenwatch');
    expect(leftovers(run.end)).toEqual(NOTHING);
    expect(run.steps).not.toContain('gnttab_end_foreign_access#add_deferred');
  });
});

describe('a grant that is still mapped when it is to end', () => {
  const { frame, offset } = entryAddress(5, 520);

  /** Marks of a mapping that nobody takes back, as a backend that has leaked one leaves them. */
  function leaked(): Run {
    const run = new Run('close-unplug').until('gnttab_end_foreign_access_ref#read_flags');
    run.machine.store16(frame, offset, run.machine.load16(frame, offset) | 8);
    return run;
  }

  it('waits on the deferred list with its page, and is tried once a second', () => {
    const run = leaked().until('time passes#next_timer');
    expect(run.machine.get(deferredSlot)).toEqual([{ ref: 520, gfn: 0x1a3c0, warn_delay: 60 }]);
    expect(run.machine.get(ringPagesSlot)).toEqual([0x1a3c0]);
    run.step();
    run.until('time passes#next_timer');
    expect(run.machine.get(deferredSlot)).toEqual([{ ref: 520, gfn: 0x1a3c0, warn_delay: 59 }]);
  });

  it('is said to be pending after 60 tries, then left alone while nothing changes, and freed once the other side lets go', () => {
    const run = leaked();
    for (let second = 0; second < 60; second++) {
      run.until('time passes#next_timer');
      run.step();
    }
    run.toEnd();
    expect(run.end.logs.domU).toEqual(['xen:grant_table: g.e. 0x208 still pending']);
    run.machine.store16(frame, offset, 1);
    run.toEnd();
    expect(leftovers(run.end)).toEqual(NOTHING);
    expect(run.machine.get(ringPagesSlot)).toEqual([]);
  });
});

describe('the death of a guest', () => {
  it('leaves a zombie until the last ring page is unmapped', () => {
    const run = new Run('close-crash').until('libxl__initiate_device_generic_remove#transaction_start');
    expect(run.machine.get(dyingSlot(5))).toBe('zombie');
    expect(run.end.maptrack).toHaveLength(2);
    expect(run.end.grant_table.entries.filter(({ pin }) => pin !== null)).toHaveLength(2);
    expect(run.end.ports.map(({ domid, state }) => [domid, state])).toEqual([[0, 'unbound'], [0, 'unbound']]);
    run.until('xenvif_unmap_frontend_rings#unmap_rx');
    expect(run.machine.get(dyingSlot(5))).toBe('zombie');
    run.until('xenvif_unmap_frontend_rings#forget_rx');
    expect(run.machine.get(dyingSlot(5))).toBe('gone');
  });

  it('takes the keys that it owned with it, and no others', () => {
    const run = new Run('close-crash').until('libxl__initiate_device_generic_remove#transaction_start');
    const paths = run.end.xenstore.map(({ path }) => path);
    expect(paths).not.toContain(FE);
    expect(paths).not.toContain('/local/domain/5/error');
    expect(paths).toContain('/local/domain/5');
    expect(paths).toContain(BE);
    expect(run.end.xenstore.find(({ path }) => path === BE)?.perms).toEqual(['n0']);
  });

  it('is no zombie where the toolstack removes the devices first', () => {
    const run = new Run('close-unplug').until('you#network-detach').act('destroy-guest');
    run.until('domain_kill#relinquish_memory');
    expect(run.end.maptrack).toEqual([]);
    run.step('toolstack');
    expect(run.machine.get(dyingSlot(5))).toBe('gone');
  });

  it('can come at any moment: whatever the guest was doing, dom0 ends with nothing of it', () => {
    const length = new Run().toEnd().timeline.length;
    for (let at = 40; at < length; at += 23) {
      const run = new Run();
      while (run.timeline.length < at) run.step();
      // The toolstack has to be free to clean up.
      while (run.machine.get(dyingSlot(5)) === undefined && run.machine.next(run.machine.threadNamed('toolstack')!)) run.step();
      run.act('crash-guest').toEnd();
      expect([at, run.end.maptrack, run.end.ports, devicePaths(run)]).toEqual([at, [], [], []]);
      expect([at, run.machine.get(dyingSlot(5))]).toEqual([at, 'gone']);
    }
  });
});
