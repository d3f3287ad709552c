import { describe, expect, it } from 'vitest';
import { ask, expectReplies, freshStore, nodeAt, type Row } from './table.ts';

const HOME = '/local/domain/5';
const ok = null;

const cases: Record<string, readonly Row[]> = {
  'a new store holds what the daemon puts there': [
    ['dom0', 'directory', ['/'], ['tool', 'local']],
    ['dom0', 'read', ['/tool/xenstored'], ''],
    ['dom0', 'getPerms', ['@introduceDomain'], ['n0']],
    ['dom0', 'getPerms', ['@releaseDomain'], ['n0', 'r32757']],
    ['domU', 'getPerms', ['@introduceDomain'], 'EACCES'],
    ['domU', 'getPerms', ['@releaseDomain'], ['n0', 'r32757']],
    ['dom0', 'read', ['@releaseDomain'], 'EINVAL'],
  ],
  'paths are absolute or relative to the own domain': [
    ['domU', 'write', ['device/vif/0/state', '1'], ok],
    ['domU', 'read', [`${HOME}/device/vif/0/state`], '1'],
    ['other', 'read', ['device/vif/0/state'], 'ENOENT'],
    ['domU', 'write', ['', 'x'], 'EINVAL'],
    ['domU', 'write', ['a//b', 'x'], 'EINVAL'],
    ['domU', 'write', ['a/', 'x'], 'EINVAL'],
    ['domU', 'write', ['a.b', 'x'], 'EINVAL'],
    ['domU', 'write', ['@a', 'x'], 'EINVAL'],
    ['domU', 'watch', ['a b', 't'], 'EINVAL'],
  ],
  'who may not look cannot tell absent from forbidden': [
    ['dom0', 'write', ['/secret/a', '1'], ok],
    ['domU', 'read', ['/secret/a'], 'EACCES'],
    ['domU', 'read', ['/secret/b'], 'EACCES'],
    ['domU', 'read', ['/nowhere/at/all'], 'EACCES'],
    ['domU', 'read', ['nothing'], 'ENOENT'],
    ['domU', 'rm', ['/secret/a'], 'EACCES'],
    ['domU', 'setPerms', ['/secret/a', ['n5']], 'EACCES'],
    ['dom0', 'setPerms', ['/secret', ['r0']], ok],
    ['domU', 'read', ['/secret/b'], 'ENOENT'],
    ['domU', 'read', ['/secret/a'], 'EACCES'],
    ['domU', 'write', ['/secret/b', 'x'], 'EACCES'],
  ],
  'the first entry is the owner and the right of the rest, later ones name domains': [
    ['dom0', 'write', ['/p', 'v'], ok],
    ['dom0', 'setPerms', ['/p', ['r0', 'w5', 'b5']], ok],
    ['other', 'read', ['/p'], 'v'],
    ['domU', 'read', ['/p'], 'EACCES'],
    ['domU', 'write', ['/p', 'w'], ok],
    ['other', 'write', ['/p', 'x'], 'EACCES'],
    ['domU', 'setPerms', ['/p', ['n5']], 'EACCES'],
  ],
  'new nodes take the nearest list; a guest takes the place of the owner in it': [
    ['dom0', 'write', ['/shared', ''], ok],
    ['dom0', 'setPerms', ['/shared', ['b0', 'r7']], ok],
    ['domU', 'write', ['/shared/x/y', '1'], ok],
    ['dom0', 'getPerms', ['/shared/x'], ['b5', 'r7']],
    ['dom0', 'getPerms', ['/shared/x/y'], ['b5', 'r7']],
    ['dom0', 'mkdir', ['/shared/x/z'], ok],
    ['dom0', 'getPerms', ['/shared/x/z'], ['b5', 'r7']],
    ['domU', 'setPerms', ['/shared/x', ['n7']], 'EPERM'],
    ['domU', 'setPerms', ['/shared/x', ['n5', 'b7']], ok],
  ],
  'a permission list is checked before the path': [
    ['dom0', 'setPerms', ['bad path', []], 'EINVAL'],
    ['dom0', 'setPerms', ['bad path', ['n99']], 'ENOENT'],
    ['dom0', 'setPerms', ['bad path', ['n0']], 'EINVAL'],
    ['dom0', 'setPerms', [HOME, ['N5']], 'EINVAL'],
    ['dom0', 'setPerms', [HOME, ['n 0x5', 'r010', 'w99']], ok],
    ['dom0', 'getPerms', [HOME], ['n5', 'r8', 'w99']],
    ['dom0', 'setPerms', [HOME, ['n5', 'r08']], 'EINVAL'],
  ],
  'a removal needs write on the top node only': [
    ['dom0', 'write', ['/d/mine/deep/er', '1'], ok],
    ['dom0', 'setPerms', ['/d/mine', ['n5']], ok],
    ['domU', 'rm', ['/d/mine/deep'], 'EACCES'],
    ['domU', 'rm', ['/d/mine'], ok],
    ['dom0', 'directory', ['/d'], []],
    ['dom0', 'rm', ['/d/gone'], ok],
    ['dom0', 'rm', ['/d/gone/child'], 'ENOENT'],
    ['dom0', 'rm', ['/'], 'EINVAL'],
  ],
  'children are listed in order of creation': [
    ['domU', 'write', ['l/b', ''], ok],
    ['domU', 'write', ['l/c', ''], ok],
    ['domU', 'write', ['l/a', ''], ok],
    ['domU', 'rm', ['l/b'], ok],
    ['domU', 'write', ['l/b', ''], ok],
    ['domU', 'write', ['l/c', 'again'], ok],
    ['domU', 'directory', ['l'], ['c', 'a', 'b']],
  ],
};

describe('requests outside transactions', () => {
  it.each(Object.keys(cases))('%s', (name) => expectReplies(freshStore(), cases[name]!));

  it('refuses a list of children that fits no message', () => {
    const c = freshStore();
    for (let i = 100; i < 164; i++) ask(c, 'dom0', 'write', [`/big/${'x'.repeat(60)}${i}`, '']);
    expectReplies(c, [
      ['dom0', 'directory', ['/big'], expect.any(Array)],
      ['dom0', 'write', ['/big/y', ''], ok],
      ['dom0', 'directory', ['/big'], 'E2BIG'],
    ]);
  });
});

describe('limits of a guest', () => {
  it('takes 2047 bytes a node, its header, permissions and child names included', () => {
    const c = freshStore();
    expectReplies(c, [
      ['domU', 'write', ['n', 'x'.repeat(2047 - 24)], ok],
      ['domU', 'write', ['n', 'x'.repeat(2047 - 23)], 'ENOSPC'],
      ['domU', 'write', ['m', 'x'.repeat(2047 - 23)], 'ENOSPC'],
      ['domU', 'write', ['n/c', ''], 'ENOSPC'],
      ['domU', 'directory', [HOME], ['n']],
      ['dom0', 'write', [`${HOME}/n`, 'x'.repeat(3000)], ok],
    ]);
  });

  it('takes 127 watches, 9 transactions, 4 permission entries, paths of 2047 characters', () => {
    const c = freshStore();
    for (let i = 0; i < 127; i++)
      expectReplies(c, [['domU', 'watch', ['a', `${i}`], ok, { domU: [`a ${i}`] }]]);
    for (let i = 1; i <= 9; i++) expectReplies(c, [['domU', 'transactionStart', [], i]]);
    expectReplies(c, [
      ['domU', 'watch', ['a', 'more'], 'ENOSPC'],
      ['domU', 'transactionStart', [], 'ENOSPC'],
      ['domU', 'setPerms', [HOME, ['n5', 'r7', 'r7', 'r7']], ok],
      ['domU', 'setPerms', [HOME, ['n5', 'r7', 'r7', 'r7', 'r7']], 'ENOSPC'],
      ['domU', 'read', ['x'.repeat(2047)], 'ENOENT'],
      ['domU', 'read', ['x'.repeat(2048)], 'EINVAL'],
      ['domU', 'read', [`/${'x'.repeat(2046)}`], 'EACCES'],
      ['domU', 'read', [`/${'x'.repeat(2047)}`], 'EINVAL'],
      ['dom0', 'read', [`/${'x'.repeat(2047)}`], 'ENOENT'],
    ]);
    for (let i = 0; i < 200; i++)
      expectReplies(c, [['dom0', 'watch', ['a', `${i}`], ok, { dom0: [`a ${i}`] }]]);
  });

  it('ends a transaction in which a write went over a limit with ENOMEM', () => {
    const c = freshStore();
    expectReplies(c, [
      ['domU', 'transactionStart', [], 1],
      ['domU', 'write', ['a', '1', 1], ok],
      ['domU', 'write', ['b', 'x'.repeat(3000), 1], 'ENOSPC'],
      ['domU', 'transactionEnd', [1, true], 'ENOMEM'],
      ['domU', 'read', ['a'], 'ENOENT'],
    ]);
  });
});

describe('set-up', () => {
  it('plants ancestors with the nearest permissions, and no events', () => {
    const c = freshStore();
    expect(nodeAt(c, '/local/domain')).toEqual({ value: '', perms: ['n0'] });
    expect(nodeAt(c, '/local/domain/5')).toEqual({ value: '', perms: ['n5'] });
  });
});
