import { describe, expect, it } from 'vitest';
import { takeEvents, xenstored } from '../../../src/sim/xenstore/server.ts';
import { ask, clients, freshStore, expectReplies, type Row } from './table.ts';

const ok = null;

const cases: Record<string, readonly Row[]> = {
  'the first event comes with the path as given, whether or not the node exists': [
    ['domU', 'watch', ['device/vif', 't'], ok, { domU: ['device/vif t'] }],
    ['domU', 'watch', ['/local/domain/5/device/vif', 't'], 'EEXIST'],
    ['domU', 'watch', ['/local/domain/5/device/vif', 'u'], ok, { domU: ['/local/domain/5/device/vif u'] }],
    [
      'domU',
      'write',
      ['device/vif/0', ''],
      ok,
      { domU: ['device/vif/0 t', '/local/domain/5/device/vif/0 u'] },
    ],
    ['domU', 'unwatch', ['/local/domain/5/device/vif', 't'], ok],
    ['domU', 'unwatch', ['device/vif', 't'], 'ENOENT'],
    ['domU', 'write', ['device/vif/0', ''], ok, { domU: ['/local/domain/5/device/vif/0 u'] }],
  ],
  'a write fires for the node named, and not for the ancestors made on the way': [
    ['dom0', 'watch', ['/a', 'w'], ok, { dom0: ['/a w'] }],
    ['libxl', 'write', ['/a/b/c', '1'], ok, { dom0: ['/a/b/c w'] }],
    ['libxl', 'write', ['/a/b/c', '1'], ok, { dom0: ['/a/b/c w'] }],
    ['libxl', 'mkdir', ['/a/b/c'], ok],
    ['libxl', 'mkdir', ['/a/m/n'], ok, { dom0: ['/a/m/n w'] }],
    ['libxl', 'setPerms', ['/a/b', ['n0']], ok, { dom0: ['/a/b w'] }],
    ['libxl', 'write', ['/ab', ''], ok],
    ['libxl', 'rm', ['/a/none'], ok],
  ],
  'a removal fires leaf first on exact paths, then for its top': [
    ['libxl', 'write', ['/r/x/y/1', ''], ok],
    ['libxl', 'write', ['/r/x/z', ''], ok],
    ['dom0', 'watch', ['/r', 'top'], ok, { dom0: ['/r top'] }],
    ['dom0', 'watch', ['/r/x/z', 'z'], ok, { dom0: ['/r/x/z z'] }],
    ['dom0', 'watch', ['/r/x/y', 'y'], ok, { dom0: ['/r/x/y y'] }],
    ['dom0', 'watch', ['/r/x/y/1', 'leaf'], ok, { dom0: ['/r/x/y/1 leaf'] }],
    ['libxl', 'rm', ['/r/x'], ok, { dom0: ['/r/x/y/1 leaf', '/r/x/y y', '/r/x/z z', '/r/x top'] }],
  ],
  'an event needs the right to read the node, as it was or is, or its parent': [
    ['domU', 'watch', ['/s', 'w'], ok, { domU: ['/s w'] }],
    ['dom0', 'write', ['/s', ''], ok],
    ['dom0', 'setPerms', ['/s', ['n0', 'r5']], ok, { domU: ['/s w'] }],
    ['dom0', 'mkdir', ['/s/hidden'], ok, { domU: ['/s/hidden w'] }],
    ['dom0', 'setPerms', ['/s/hidden', ['n0']], ok, { domU: ['/s/hidden w'] }],
    ['dom0', 'write', ['/s/hidden/deep', ''], ok],
    ['dom0', 'write', ['/s/hidden', '1'], ok, { domU: ['/s/hidden w'] }],
    ['dom0', 'setPerms', ['/s', ['n0']], ok, { domU: ['/s w'] }],
    ['dom0', 'write', ['/s', '2'], ok],
    ['dom0', 'rm', ['/s'], ok],
  ],
  'a depth limits how far below a watch reaches': [
    ['dom0', 'watch', ['/', 'd0', 0], ok, { dom0: ['/ d0'] }],
    ['dom0', 'watch', ['/', 'd1', 1], ok, { dom0: ['/ d1'] }],
    ['dom0', 'watch', ['/q', 'q1', 1], ok, { dom0: ['/q q1'] }],
    ['dom0', 'watch', ['/q', 'bad', -1], 'EINVAL'],
    ['libxl', 'write', ['/q', ''], ok, { dom0: ['/q d1', '/q q1'] }],
    ['libxl', 'write', ['/q/r', ''], ok, { dom0: ['/q/r q1'] }],
    ['libxl', 'write', ['/q/r/s', ''], ok],
    ['libxl', 'write', ['/', 'v'], ok, { dom0: ['/ d0', '/ d1'] }],
  ],
  'a reset drops watches and transactions': [
    ['dom0', 'watch', ['/q', 'q'], ok, { dom0: ['/q q'] }],
    ['dom0', 'transactionStart', [], 1],
    ['dom0', 'resetWatches', [], ok],
    ['libxl', 'write', ['/q', ''], ok],
    ['dom0', 'read', ['/q', 1], 'ENOENT'],
  ],
};

describe('watches', () => {
  it.each(Object.keys(cases))('%s', (name) => expectReplies(freshStore(), cases[name]!));

  it('do not queue an event that waits there already; what is queued survives an unwatch', () => {
    const c = freshStore();
    ask(c, 'dom0', 'watch', ['/a', 't']);
    ask(c, 'dom0', 'watch', ['/a', 'u']);
    ask(c, 'libxl', 'write', ['/a', '1']);
    ask(c, 'libxl', 'write', ['/a/b', '1']);
    ask(c, 'libxl', 'write', ['/a', '2']);
    ask(c, 'dom0', 'unwatch', ['/a', 't']);
    const shown = takeEvents(c, clients.dom0).map(({ path, token }) => `${path} ${token}`);
    expect(shown).toEqual(['/a t', '/a u', '/a/b t', '/a/b u']);
    ask(c, 'libxl', 'write', ['/a', '3']);
    expect(takeEvents(c, clients.dom0)).toEqual([{ path: '/a', token: 'u' }]);
    expect(takeEvents(c, clients.dom0)).toEqual([]);
  });

  it('drop an event that would not fit a message', () => {
    const c = freshStore();
    const token = 't'.repeat(4094 - '/a'.length);
    expectReplies(c, [
      ['dom0', 'watch', ['/a', token], ok, { dom0: [`/a ${token}`] }],
      ['libxl', 'write', ['/a', ''], ok, { dom0: [`/a ${token}`] }],
      ['libxl', 'write', ['/a/b', ''], ok],
    ]);
  });

  it('report events before the reply that they belong to, but the first one after it', () => {
    const c = freshStore();
    xenstored.watch(c, clients.dom0, 'x', 't');
    expect(c.takeEffects()).toEqual([
      { kind: 'xs', op: 'WATCH', conn: 'dom0', path: 'x', token: 't', node: '/local/domain/0/x', ok: true },
      { kind: 'event', conn: 'dom0', path: 'x', token: 't' },
    ]);
    takeEvents(c, clients.dom0);
    xenstored.write(c, clients.dom0, 'x', '1');
    expect(c.takeEffects()).toEqual([
      { kind: 'event', conn: 'dom0', path: 'x', token: 't' },
      { kind: 'xs', op: 'WRITE', conn: 'dom0', path: 'x', node: '/local/domain/0/x', value: '1', ok: true },
    ]);
    const path = '/local/domain/0/x';
    xenstored.read(c, clients.domU, path);
    expect(c.takeEffects()).toEqual([
      { kind: 'xs', op: 'READ', conn: 'domU', path, node: path, ok: false, error: 'EACCES' },
    ]);
  });
});
