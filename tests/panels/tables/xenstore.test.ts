import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/panels/lenses/xenstore/history.ts';
import { nodeAt, nodesReader, parentOf, treeRows, watchesFor, watchesOf } from '../../../src/panels/lenses/xenstore/tree.ts';
import type { TreeRow } from '../../../src/panels/lenses/xenstore/tree.ts';
import { permsWords } from '../../../src/panels/lenses/xenstore/words.ts';
import type { Write } from '../../../src/store/store.ts';
import { Watched } from '../../store/stage/run.ts';

const run = new Watched(1, 1);
const NONE: ReadonlySet<string> = new Set();
const STATE = '/local/domain/5/device/vif/0/state';

function rows(closed = NONE, text = ''): readonly TreeRow[] {
  return treeRows(nodesReader()(run.now, watchesOf(run.now)), closed, text);
}

const paths = (all: readonly TreeRow[]): string[] => all.map(({ node }) => node.path);

describe('the tree', () => {
  it('has every path that the store has, once', () => {
    run.seek(run.length);
    const stored = [...run.now.slotNames()].filter((name) => name.startsWith('xs:node:')).map((name) => name.slice(8));
    expect(paths(rows()).sort()).toEqual(stored.sort());
  });

  it('closes and opens directories, and says where a line stands', () => {
    const all = rows();
    const closed = rows(new Set(['/local']));
    expect(closed.length).toBeLessThan(all.length);
    expect(closed.find(({ node }) => node.path === '/local')).toMatchObject({ open: false, level: 2, place: 2, siblings: 3 });
    expect(all.find(({ node }) => node.path === STATE)).toMatchObject({ open: null, level: 8 });
    expect(paths(closed)).not.toContain(STATE);
  });

  it('finds paths and values, with the directories above, even closed ones', () => {
    const found = rows(new Set(['/local']), 'EVENT-channel-');
    expect(found.filter(({ aside }) => !aside).map(({ node }) => node.name)).toEqual(['event-channel-tx', 'event-channel-rx']);
    expect(paths(found)[0]).toBe('/');
    expect(rows(NONE, 'xenbr0').filter(({ aside }) => !aside).map(({ node }) => node.value)).toEqual(['xenbr0', 'xenbr0']);
    expect(rows(NONE, 'no such key')).toEqual([]);
  });

  it('marks what a step wrote, in a closed directory the directory, and the watch that fires', () => {
    run.after('xenbus_switch_state#transaction_end');
    const hot = rows().filter((row) => row.hot);
    expect(paths(hot)).toContain('/local/domain/0/backend/vif/5/0/state');
    expect(paths(rows(new Set(['/local'])).filter((row) => row.hot))).toEqual(['/local']);
    const fired = watchesOf(run.now).filter((watch) => watch.fired);
    expect(fired.map(({ who }) => who)).toContain('toolstack');
  });

  it('marks the directory from which a step removed something', () => {
    const gone = new Watched(1, 1, 64, {}, 'close-crash');
    const seen: string[] = [];
    for (let n = gone.length - 60; n <= gone.length; n++) {
      gone.seek(n);
      const all = treeRows(nodesReader()(gone.now, watchesOf(gone.now)), NONE, '');
      for (const { node, hot } of all) if (node.removed.length > 0 && hot) seen.push(...node.removed);
    }
    expect(seen).toContain('5');
  });

  it('read again and again is as one read for the first time, and keeps the nodes that are as they were', () => {
    const again = nodesReader();
    const gone = new Watched(2, 2, 64, {}, 'close-crash');
    let kept = 0;
    let last: readonly object[] = [];
    // Also where steps were left out in between, forwards and back.
    for (const stride of [1, 7, -3]) {
      for (let n = stride > 0 ? 0 : gone.length; n >= 0 && n <= gone.length; n += stride) {
        gone.seek(n);
        const nodes = again(gone.now, watchesOf(gone.now));
        expect(nodes).toEqual(nodesReader()(gone.now, watchesOf(gone.now)));
        const before = new Set(last);
        kept += nodes.filter((node) => before.has(node)).length;
        last = nodes;
      }
    }
    expect(kept).toBeGreaterThan(0);
  });

  it('knows parents', () => {
    expect([parentOf('/a/b'), parentOf('/a'), parentOf('/'), parentOf('@releaseDomain')]).toEqual(['/a', '/', null, null]);
  });
});

describe('a key', () => {
  it('says who watches it, there and from above', () => {
    run.seek(run.length);
    const watches = watchesOf(run.now);
    expect(watchesFor(STATE, watches).map(({ who, path }) => [who, path])).toEqual([
      ['domU', '/local/domain/5/device'], ['dom0', STATE],
    ]);
    expect(nodeAt(run.now, STATE, watches)).toMatchObject({ value: '4', writer: 'domU', watches: [{ who: 'dom0' }] });
    const status = nodeAt(run.now, '/local/domain/0/backend/vif/5/0/hotplug-status', watches);
    expect(status).toMatchObject({ value: 'connected', writer: 'script' });
    expect(nodeAt(run.now, '/no/such', watches)).toBeNull();
    const shallow = [{ who: 'dom0', path: '/a', depth: 1, fired: false }] as const;
    expect([watchesFor('/a', shallow).length, watchesFor('/a/b', shallow).length, watchesFor('/a/b/c', shallow).length]).toEqual([1, 1, 0]);
    expect(watchesFor('/ab', shallow)).toEqual([]);
  });

  it('says its permissions in words', () => {
    expect(permsWords(['n5', 'r0'])).toEqual([
      'domain 5 owns it and may do everything; whoever is not named: nothing', 'domain 0: may read',
      'domain 0 may do everything in any case',
    ]);
    expect(permsWords(['n0', 'r32757'])).toEqual([
      'domain 0 owns it and may do everything; whoever is not named: nothing', 'any domain: may read',
    ]);
  });

  it('has a history of values and permissions, not of what lies below it', () => {
    const write = (before: Write['before'], after: Write['after']): Write =>
      ({ position: 7, thread: 'toolstack', party: 'toolstack', key: 'xs_write#send', shown: 'xs_write', before, after });
    const node = (value: string, perms: readonly string[] = ['n0'], children: readonly string[] = []) => ({ value, perms, children });
    expect(historyOf([
      write(undefined, node('')),
      write(node(''), node('', ['n0'], ['child'])),
      write(node('', ['n0'], ['child']), node('', ['n5', 'r0'], ['child'])),
      write(node('1', ['n5', 'r0']), node('2', ['n5', 'r0'])),
      write(node('2', ['n5', 'r0']), undefined),
    ]).map(({ what }) => what)).toEqual(['made: “”', 'who may: n0 → n5 r0', '“1” → “2”', 'removed; was “2”']);
  });
});
