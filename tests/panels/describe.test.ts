import { describe, expect, it } from 'vitest';
import { describeChange, describeEffect, formatValue, isBookkeeping, slotName } from '../../src/panels/story/describe.ts';
import { citationText, sourceLink } from '../../src/panels/story/source.ts';
import type { Value } from '../../src/store/store.ts';

const unknown = () => undefined;
const slot = (name: string, before: Value, after: Value) => describeChange({ cell: 'slot', name, before, after }, unknown);
const node = (value: string, perms: readonly string[] = ['n5'], children: readonly string[] = []) => ({ value, perms, children });

describe('the name of a slot', () => {
  it.each([
    ['xs:node:/local/domain/5/device/vif/0/state', 'key /local/domain/5/device/vif/0/state'],
    ['xs:queue:dom0', 'events waiting for dom0'],
    ['xen:active:5:2056', 'Xen’s own record of entry 2056 of domain 5'],
    ['xen:handle:0:3', 'maptrack handle 3 of domain 0'],
    ['xen:pte:0:12abc000', 'page table entry at 0x12abc000 of domain 0'],
    ['xen:port:5:11', 'port 11 of domain 5'],
    ['netdev:vif5.0', 'interface vif5.0'],
    ['thread:dom0 xenwatch', 'thread dom0 xenwatch'],
    ['netback:be_state', 'netback be state'],
  ])('%s reads %s', (name, words) => {
    expect(slotName(name)).toBe(words);
  });
});

describe('a change in words', () => {
  it('of a key is a change of its value', () => {
    expect(slot('xs:node:a', node('1'), node('4'))).toEqual({ what: 'key a', before: '“1”', after: '“4”' });
    expect(slot('xs:node:a', undefined, node('4'))).toEqual({ what: 'key a', before: 'absent', after: '“4”' });
    expect(slot('xs:node:a', node('4'), undefined).after).toBe('absent');
  });

  it('of a key that only got a child or other permissions says that', () => {
    expect(slot('xs:node:a', node(''), node('', ['n5'], ['b']))).toMatchObject({ before: 'children none', after: 'children “b”' });
    expect(slot('xs:node:a', node('', ['n0']), node('', ['n5', 'r0'])))
      .toMatchObject({ before: 'perms “n0”', after: 'perms “n5”, “r0”' });
  });

  it('of a struct names only the fields that differ', () => {
    expect(slot('netdev:eth0', { registered: true, carrier: false, up: false }, { registered: true, carrier: true, up: false }))
      .toEqual({ what: 'interface eth0', before: 'carrier no', after: 'carrier yes' });
  });

  it('of a list that grew says by what', () => {
    expect(slot('log:domU', ['a'], ['a', 'b'])).toEqual({ what: 'log of domU', before: '1 item', after: '2 items: “b”' });
    expect(slot('log:domU', undefined, ['a'])).toMatchObject({ before: 'none', after: '1 item: “a”' });
    expect(slot('xs:queue:dom0', [{ path: 'p', token: 't' }], undefined))
      .toEqual({ what: 'events waiting for dom0', before: 'path “p”, token “t”', after: 'absent' });
  });

  it('of memory gives the page a name where it has one', () => {
    const change = { cell: 'word', frame: 0xc1234, offset: 8, before: 1, after: 0x19 } as const;
    expect(describeChange(change, unknown))
      .toEqual({ what: 'machine frame 0xc1234, byte 0x008', before: '0x00000001', after: '0x00000019' });
    expect(describeChange(change, (frame) => (frame === 0xc1234 ? 'TX ring' : undefined)).what).toBe('TX ring, byte 0x008');
  });

  it('never runs on for more than a line', () => {
    const long = Array.from({ length: 5 }, (_, i) => `a rather long message number ${i}`);
    expect(slot('log:domU', undefined, long).after.length).toBeLessThanOrEqual(72);
  });

  it('of frames and flags is in hexadecimal', () => {
    expect(formatValue({ ref: 2056, flags: 0x12, frame: 0x1a3c0 })).toBe('ref 2056, flags 0x12, frame 0x1a3c0');
    expect(slot('xen:pte:0:1000', undefined, 0x8f3c2)).toMatchObject({ after: '0x8f3c2' });
  });

  it('is left out for what is only kept for the page', () => {
    const change = (name: string) => ({ cell: 'slot', name, before: undefined, after: 1 }) as const;
    expect(isBookkeeping(change('xs:writer:/a'))).toBe(true);
    expect(isBookkeeping(change('xs:node:/a'))).toBe(false);
  });
});

describe('an effect in words', () => {
  it.each([
    [{ kind: 'xs', op: 'write', conn: 'domU', path: 'state', node: '/local/domain/5/state', value: '4', tx: 7, ok: true },
      'domU asks xenstored: write /local/domain/5/state inside its transaction → “4”'],
    [{ kind: 'xs', op: 'read', conn: 'dom0', path: 'x', node: '/x', ok: false, error: 'ENOENT' },
      'dom0 asks xenstored: read /x → ENOENT'],
    [{ kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref: 2056, dom: 5, flags: 18 }, result: { status: 0, handle: 2 } },
      'Xen runs map_grant_ref for domain 0 {ref 2056, dom 5, flags 0x12} → status 0, handle 2'],
    [{ kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref: 9 }, result: { status: -3 }, why: 'bad ref' },
      'Xen runs map_grant_ref for domain 0 {ref 9} → status -3 (bad ref)'],
    [{ kind: 'event', conn: 'dom0', path: '/a', token: 't' }, 'xenstored queues a watch event for dom0: /a (token t)'],
    [{ kind: 'spawn', thread: 'vif5.0-q0-dealloc' }, 'thread vif5.0-q0-dealloc begins'],
    [{ kind: 'log', kernel: 'domU', line: 'only created 3 queues' }, 'domU prints: only created 3 queues'],
    [{ kind: 'notify', port: 11 }, 'notify: port 11'],
    [{ kind: 'barrier' }, 'barrier'],
  ])('%o', (effect, text) => {
    expect(describeEffect(effect)).toBe(text);
  });
});

describe('a citation', () => {
  const linux = {
    project: 'Linux', version: 'v6.12.117', path: 'drivers/net/xen-netback/xenbus.c', symbol: 'backend_connect', line: 282,
  } as const;

  it('names project, version, file and function', () => {
    expect(citationText(linux)).toBe('Linux v6.12.117 drivers/net/xen-netback/xenbus.c, backend_connect');
  });

  it('leads to the public file at that version', () => {
    expect(sourceLink(linux)).toBe(
      'https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/net/xen-netback/xenbus.c?h=v6.12.117#n282',
    );
    expect(sourceLink({ ...linux, project: 'Xen', version: '4.23-dev c447b7308b', path: 'xen/common/grant_table.c' })).toBe(
      'https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=xen/common/grant_table.c;hb=c447b7308b',
    );
  });

  it('leads nowhere where there is no public file', () => {
    expect(sourceLink({ ...linux, project: 'RingScope' })).toBeUndefined();
    expect(sourceLink({ ...linux, project: 'Xen', version: '4.23-dev' })).toBeUndefined();
  });
});
