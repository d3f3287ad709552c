import { describe, expect, it } from 'vitest';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn, type FnInfo } from '../../../src/sim/machine/program.ts';
import { ret, step } from '../../../src/sim/machine/dsl.ts';
import { connect, queueSlot, txSlot, writerSlot, xenstored } from '../../../src/sim/xenstore/server.ts';
import { ask, clients, freshStore, nodeAt, expectReplies, type Row } from './table.ts';

const ok = null;
const begin: readonly Row[] = [
  ['libxl', 'write', ['/t/a', 'a0'], ok],
  ['libxl', 'write', ['/t/b', 'b0'], ok],
  ['libxl', 'transactionStart', [], 1],
];

/** Requests inside transaction 1 of libxl, then outside changes, then what the commit says. */
const conflicts: Record<string, { inside: Row[]; outside: Row[]; commit: null | 'EAGAIN' }> = {
  'reads conflict with a write': {
    inside: [['libxl', 'read', ['/t/a', 1], 'a0']],
    outside: [['dom0', 'write', ['/t/a', 'x'], ok]],
    commit: 'EAGAIN',
  },
  'so they do with a write of the same value, and of the own connection': {
    inside: [['libxl', 'read', ['/t/a', 1], 'a0']],
    outside: [['libxl', 'write', ['/t/a', 'a0'], ok]],
    commit: 'EAGAIN',
  },
  'a blind write conflicts as well': {
    inside: [['libxl', 'write', ['/t/a', '1', 1], ok]],
    outside: [['dom0', 'write', ['/t/a', 'x'], ok]],
    commit: 'EAGAIN',
  },
  'a sibling is another matter': {
    inside: [['libxl', 'write', ['/t/a', '1', 1], ok]],
    outside: [['dom0', 'write', ['/t/b', 'x'], ok], ['dom0', 'write', ['/t/new', 'x'], ok]],
    commit: ok,
  },
  'a listing conflicts with a new child': {
    inside: [['libxl', 'directory', ['/t', 1], ['a', 'b']]],
    outside: [['dom0', 'write', ['/t/new', 'x'], ok]],
    commit: 'EAGAIN',
  },
  'but not with a child that changes': {
    inside: [['libxl', 'directory', ['/t', 1], ['a', 'b']]],
    outside: [['dom0', 'write', ['/t/a', 'x'], ok]],
    commit: ok,
  },
  'two creations in one directory conflict': {
    inside: [['libxl', 'write', ['/t/one', '1', 1], ok]],
    outside: [['dom0', 'write', ['/t/two', '2'], ok]],
    commit: 'EAGAIN',
  },
  'an absent node conflicts with its creation': {
    inside: [['libxl', 'read', ['/t/none/deep', 1], 'ENOENT']],
    outside: [['dom0', 'write', ['/t/none/deep', 'x'], ok], ['dom0', 'rm', ['/t/none'], ok]],
    commit: 'EAGAIN',
  },
  'permissions count': {
    inside: [['libxl', 'getPerms', ['/t/a', 1], ['n0']]],
    outside: [['dom0', 'setPerms', ['/t/a', ['n0']], ok]],
    commit: 'EAGAIN',
  },
  'a node not yet touched shows what changed outside': {
    inside: [
      ['libxl', 'read', ['/t/a', 1], 'a0'],
      ['dom0', 'write', ['/t/b', 'new'], ok],
      ['libxl', 'read', ['/t/b', 1], 'new'],
    ],
    outside: [],
    commit: ok,
  },
  'other transactions that only end do no harm': {
    inside: [['libxl', 'write', ['/t/a', '1', 1], ok], ['dom0', 'transactionStart', [], 1]],
    outside: [['dom0', 'write', ['/t/a', '2', 1], ok], ['dom0', 'transactionEnd', [1, false], ok]],
    commit: ok,
  },
  'the first of two to commit wins': {
    inside: [['libxl', 'write', ['/t/a', '1', 1], ok], ['dom0', 'transactionStart', [], 1]],
    outside: [['dom0', 'write', ['/t/a', '2', 1], ok], ['dom0', 'transactionEnd', [1, true], ok]],
    commit: 'EAGAIN',
  },
};

const cases: Record<string, readonly Row[]> = {
  'ids belong to their connection, and do not nest': [
    ['libxl', 'transactionStart', [1], 'EBUSY'],
    ['libxl', 'transactionStart', [9], 'ENOENT'],
    ['dom0', 'read', ['/t/a', 1], 'ENOENT'],
    ['dom0', 'transactionEnd', [1, true], 'ENOENT'],
    ['libxl', 'transactionEnd', [0, true], 'ENOENT'],
    ['libxl', 'transactionEnd', [1, true], ok],
    ['libxl', 'transactionEnd', [1, true], 'ENOENT'],
  ],
  'nothing is seen outside before the commit, and nothing after an abort': [
    ['libxl', 'write', ['/t/a', '1', 1], ok],
    ['libxl', 'rm', ['/t/b', 1], ok],
    ['libxl', 'read', ['/t/a', 1], '1'],
    ['libxl', 'read', ['/t/b', 1], 'ENOENT'],
    ['libxl', 'read', ['/t/a'], 'a0'],
    ['dom0', 'read', ['/t/b'], 'b0'],
    ['libxl', 'transactionEnd', [1, false], ok],
    ['dom0', 'read', ['/t/a'], 'a0'],
  ],
  'a commit fires once a changed node, in order of first access': [
    ['dom0', 'watch', ['/t', 'w'], ok, { dom0: ['/t w'] }],
    ['libxl', 'read', ['/t/b', 1], 'b0'],
    ['libxl', 'write', ['/t/a', '1', 1], ok],
    ['libxl', 'write', ['/t/new/deep', '1', 1], ok],
    ['libxl', 'write', ['/t/b', '1', 1], ok],
    ['libxl', 'write', ['/t/a', '2', 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { dom0: ['/t/b w', '/t/a w', '/t/new/deep w'] }],
    ['dom0', 'read', ['/t/a'], '2'],
    ['dom0', 'directory', ['/t'], ['a', 'b', 'new']],
  ],
  'a removal fires top first there; what was made and removed inside does not': [
    ['libxl', 'write', ['/t/s/x/y', ''], ok],
    ['dom0', 'watch', ['/t', 'w'], ok, { dom0: ['/t w'] }],
    ['dom0', 'watch', ['/t/s/x/y', 'y'], ok, { dom0: ['/t/s/x/y y'] }],
    ['dom0', 'watch', ['/t/s/x', 'x'], ok, { dom0: ['/t/s/x x'] }],
    ['libxl', 'rm', ['/t/s', 1], ok],
    ['libxl', 'write', ['/t/tmp', '', 1], ok],
    ['libxl', 'rm', ['/t/tmp', 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { dom0: ['/t/s w', '/t/s/x x', '/t/s/x/y y'] }],
    ['dom0', 'directory', ['/t'], ['a', 'b']],
  ],
  'a node removed and made again fires once, and for ancestors too': [
    ['libxl', 'write', ['/t/s/x', 'old'], ok],
    ['dom0', 'watch', ['/t', 'w'], ok, { dom0: ['/t w'] }],
    ['libxl', 'rm', ['/t/s', 1], ok],
    ['libxl', 'write', ['/t/s/x', 'new', 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { dom0: ['/t/s w', '/t/s/x w'] }],
  ],
  'a node written and then removed with its parent still fires for ancestors': [
    ['libxl', 'write', ['/t/s/x', 'old'], ok],
    ['dom0', 'watch', ['/t', 'w'], ok, { dom0: ['/t w'] }],
    ['libxl', 'write', ['/t/s/x', 'new', 1], ok],
    ['libxl', 'rm', ['/t/s', 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { dom0: ['/t/s/x w', '/t/s w'] }],
  ],
  'a removed node is shown to who could read it before': [
    ['libxl', 'setPerms', ['/t/a', ['n0', 'r5']], ok],
    ['domU', 'watch', ['/t/a', 'w'], ok, { domU: ['/t/a w'] }],
    ['domU', 'watch', ['/t/b', 'w'], ok, { domU: ['/t/b w'] }],
    ['libxl', 'rm', ['/t/a', 1], ok],
    ['libxl', 'rm', ['/t/b', 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { domU: ['/t/a w'] }],
  ],
  'a new node that a guest sees by its parent alone goes unseen if that is put there after it': [
    ['domU', 'watch', ['/t/dir', 'w'], ok, { domU: ['/t/dir w'] }],
    ['libxl', 'mkdir', ['/t/dir/kid', 1], ok],
    ['libxl', 'setPerms', ['/t/dir', ['n0', 'r5'], 1], ok],
    ['libxl', 'setPerms', ['/t/dir/kid', ['n0'], 1], ok],
    ['libxl', 'transactionEnd', [1, true], ok, { domU: ['/t/dir w'] }],
    ['libxl', 'write', ['/t/dir/kid', ''], ok, { domU: ['/t/dir/kid w'] }],
  ],
  'a removal gives EIO where the copy of the parent lacks the child': [
    ['libxl', 'directory', ['/t', 1], ['a', 'b']],
    ['dom0', 'write', ['/t/late', ''], ok],
    ['libxl', 'rm', ['/t/late', 1], 'EIO'],
    ['libxl', 'transactionEnd', [1, true], 'EAGAIN'],
    ['dom0', 'read', ['/t/late'], ''],
  ],
  'watches act at once': [
    ['libxl', 'write', ['/t/a', '1', 1], ok],
    ['libxl', 'watch', ['/t/a', 'w'], ok, { libxl: ['/t/a w'] }],
    ['libxl', 'transactionEnd', [1, true], ok, { libxl: ['/t/a w'] }],
  ],
};

describe('transactions', () => {
  it.each(Object.keys(conflicts))('%s', (name) => {
    const { inside, outside, commit } = conflicts[name]!;
    const end: Row = ['libxl', 'transactionEnd', [1, true], commit];
    expectReplies(freshStore(), [...begin, ...inside, ...outside, end]);
  });

  it.each(Object.keys(cases))('%s', (name) => expectReplies(freshStore(), [...begin, ...cases[name]!]));

  it('apply nothing when they conflict', () => {
    const c = freshStore();
    expectReplies(c, begin);
    ask(c, 'libxl', 'write', ['/t/a', '1', 1]);
    ask(c, 'libxl', 'write', ['/t/n', '1', 1]);
    ask(c, 'dom0', 'write', ['/t/a', 'x']);
    expectReplies(c, [['libxl', 'transactionEnd', [1, true], 'EAGAIN']]);
    expect([nodeAt(c, '/t/a')?.value, nodeAt(c, '/t/n')]).toEqual(['x', null]);
    expect(c.get(txSlot('libxl'))).toBeUndefined();
  });
});

describe('the state', () => {
  it('merges: nothing of a finished transaction, a taken event or a writer stays in the fingerprint', () => {
    const c = freshStore();
    expectReplies(c, [
      ['dom0', 'watch', ['/t', 'w'], ok, { dom0: ['/t w'] }],
      ['dom0', 'write', ['/t', '1'], ok, { dom0: ['/t w'] }],
    ]);
    const before = [c.state.a, c.state.b];
    expectReplies(c, [
      ['libxl', 'transactionStart', [], 1],
      ['libxl', 'transactionStart', [], 2],
      ['libxl', 'read', ['/t', 1], '1'],
      ['libxl', 'write', ['/t', '2', 2], ok],
      ['libxl', 'transactionEnd', [2, true], ok, { dom0: ['/t w'] }],
      ['libxl', 'transactionEnd', [1, true], 'EAGAIN'],
      ['libxl', 'transactionStart', [], 1],
      ['libxl', 'transactionEnd', [1, false], ok],
      ['libxl', 'write', ['/t', '1'], ok, { dom0: ['/t w'] }],
    ]);
    expect([c.state.a, c.state.b]).toEqual(before);
    expect(c.get(writerSlot('/t'))).toBe('libxl');
  });

  it('tells a transaction that will fail from one that will not', () => {
    const prints = [true, false].map((touched) => {
      const c = freshStore();
      expectReplies(c, begin);
      if (touched) ask(c, 'dom0', 'write', ['/t/a', 'a0']);
      ask(c, 'libxl', 'read', ['/t/a', 1]);
      if (!touched) ask(c, 'dom0', 'write', ['/t/a', 'a0']);
      return `${c.state.a} ${c.state.b}`;
    });
    expect(prints[0]).not.toBe(prints[1]);
  });

  it('goes back by the journal alone', () => {
    const c = freshStore();
    expectReplies(c, begin);
    const mark = c.state.journal.size;
    const before = [c.state.a, c.state.b];
    ask(c, 'dom0', 'watch', ['/t', 'w']);
    ask(c, 'libxl', 'rm', ['/t', 1]);
    ask(c, 'libxl', 'transactionEnd', [1, true]);
    expect(c.get(queueSlot('dom0'))).toHaveLength(1);
    c.state.undoTo(mark);
    expect([c.state.a, c.state.b]).toEqual(before);
    expect(nodeAt(c, '/t/a')?.value).toBe('a0');
  });

  it('counts a request, however much it does, as one access of a step', () => {
    const cite = { project: 'RingScope', version: '-', path: '-', symbol: '-' } as const;
    const info: FnInfo = { party: 'dom0', cite };
    const twice = fn<object>('xenstore_test_two_requests', info, [
      step('two', (c) => {
        xenstored.rm(c, clients.dom0, '/tool');
        xenstored.read(c, clients.dom0, '/');
      }),
      ret(),
    ]);
    const once = fn<object>('xenstore_test_one_request', info, [
      step('one', (c) => void xenstored.rm(c, clients.dom0, '/tool')),
      ret(),
    ]);
    const machine = new Machine(['t', 'u']);
    connect(machine, clients.dom0);
    machine.spawn('t', once, {});
    expect(machine.execute(machine.threads[0]!).key).toBe('xenstore_test_one_request#one');
    machine.spawn('u', twice, {});
    expect(() => machine.execute(machine.threads[1]!)).toThrow(/xenstore_test_two_requests#two/);
  });
});
