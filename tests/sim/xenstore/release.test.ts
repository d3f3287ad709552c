import { expect, it } from 'vitest';
import { releaseDomain } from '../../../src/sim/xenstore/release.ts';
import { connectionsSlot, nodeSlot, takeEvents, watchesSlot } from '../../../src/sim/xenstore/server.ts';
import { ask, clients, expectReplies, freshStore } from './table.ts';

const ok = null;

it('of a dead domain nothing stays: neither watches nor nodes nor what others permitted it', () => {
  const c = freshStore();
  expectReplies(c, [
    ['domU', 'write', ['data/own', '1'], ok],
    // Somebody else's, but below a node of the domain.
    ['dom0', 'write', ['/local/domain/5/of-dom0', ''], ok],
    ['dom0', 'setPerms', ['/local/domain/5/of-dom0', ['n0', 'r5']], ok],
    ['dom0', 'write', ['/local/domain/0/backend', ''], ok],
    ['dom0', 'setPerms', ['/local/domain/0/backend', ['n0', 'r5', 'r7', 'b5']], ok],
    ['dom0', 'setPerms', ['@releaseDomain', ['n0', 'r5', 'r7']], ok],
    ['domU', 'watch', ['/local/domain/0/backend', 'u'], ok, { domU: ['/local/domain/0/backend u'] }],
    ['dom0', 'watch', ['/local/domain/5/data', 'd'], ok, { dom0: ['/local/domain/5/data d'] }],
    ['dom0', 'watch', ['/local/domain', 'all'], ok, { dom0: ['/local/domain all'] }],
    ['other', 'watch', ['@releaseDomain', 'gone'], ok, { other: ['@releaseDomain gone'] }],
    ['domU', 'write', ['data/own', '2'], ok, { dom0: ['/local/domain/5/data/own d', '/local/domain/5/data/own all'] }],
  ]);

  expect(releaseDomain(c, clients.domU)).toEqual(['/local/domain/5']);

  expect(c.get(watchesSlot('domU'))).toBeUndefined();
  expect(c.get(connectionsSlot)?.map(({ id }) => id)).toEqual(['libxl', 'dom0', 'other']);
  for (const path of ['', '/data', '/data/own', '/of-dom0']) expect(c.get(nodeSlot(`/local/domain/5${path}`))).toBeUndefined();
  expect(ask(c, 'dom0', 'getPerms', ['/local/domain/0/backend'])).toMatchObject({ value: ['n0', 'r7'] });
  expect(ask(c, 'dom0', 'getPerms', ['@releaseDomain'])).toMatchObject({ value: ['n0', 'r7'] });
  const events = (name: 'dom0' | 'domU' | 'other') => takeEvents(c, clients[name]).map(({ path, token }) => `${path} ${token}`);
  expect(events('dom0')).toEqual(['/local/domain/5/data d', '/local/domain/5 all']);
  expect(events('other')).toEqual(['@releaseDomain gone']);
  expect(events('domU')).toEqual([]);
});

it('another domain of the same number finds what a stranger finds', () => {
  const c = freshStore();
  expectReplies(c, [
    ['dom0', 'write', ['/secret', '1'], ok],
    ['dom0', 'setPerms', ['/secret', ['n0', 'r5']], ok],
    ['domU', 'read', ['/secret'], '1'],
  ]);
  releaseDomain(c, clients.domU);
  expect(ask(c, 'domU', 'read', ['/secret'])).toMatchObject({ error: 'EACCES' });
});
