import { describe, expect, it } from 'vitest';
import { effectWords } from '../../src/content/effects.ts';
import { scenarios, Timeline, type Effect } from '../../src/sim/index.ts';
import { describeEffect, describeEffects } from '../../src/panels/story/effects.ts';
import { citationText, sourceLink } from '../../src/panels/story/source.ts';

describe('an effect in words', () => {
  it.each([
    [{ kind: 'grant-deferred', ref: 520 }, 'entry 520 is still in use: the kernel keeps it, and will try again later'],
    [{ kind: 'xenstored-release', domid: 5, count: 3 }, 'xenstored removes the keys that domain 5 owned: 3'],
    [{ kind: 'time', timer: 'shutdown', ms: 250 }, 'time passes: 250 ms, and timer shutdown is due'],
    [
      {
        kind: 'xs',
        op: 'WRITE',
        conn: 'domU',
        path: 'state',
        node: '/local/domain/5/state',
        value: '4',
        tx: 7,
        ok: true,
      },
      'domU writes /local/domain/5/state = “4”, inside its transaction',
    ],
    [
      { kind: 'xs', op: 'READ', conn: 'dom0', path: 'x', node: '/x', ok: false, error: 'ENOENT' },
      'dom0 reads /x → ENOENT',
    ],
    [
      {
        kind: 'xen',
        op: 'map_grant_ref',
        caller: 0,
        args: { ref: 2056, dom: 5, flags: 18 },
        result: { status: 0, handle: 2 },
      },
      'Xen runs map_grant_ref for domain 0 {ref 2056, dom 5, flags 0x12} → status 0, handle 2',
    ],
    [
      {
        kind: 'xen',
        op: 'map_grant_ref',
        caller: 0,
        args: { ref: 9 },
        result: { status: -3 },
        why: 'bad ref',
      },
      'Xen runs map_grant_ref for domain 0 {ref 9} → status -3 (bad ref)',
    ],
    [
      {
        kind: 'xs',
        op: 'SET_PERMS',
        conn: 'libxl',
        path: '/x',
        node: '/x',
        value: ['n5', 'r0'],
        tx: 1,
        ok: true,
      },
      'libxl sets who may use /x = n5 r0, inside its transaction',
    ],
    [
      { kind: 'xs', op: 'DIRECTORY', conn: 'dom0', path: '/x', node: '/x', value: [], ok: true },
      'dom0 lists /x → exists, with nothing below it',
    ],
    [{ kind: 'xs', op: 'TRANSACTION_START', conn: 'dom0', ok: true }, 'dom0 begins a transaction'],
    [
      { kind: 'xs', op: 'TRANSACTION_END', conn: 'dom0', value: 'T', tx: 1, ok: false, error: 'EAGAIN' },
      'dom0 commits its transaction → EAGAIN',
    ],
    [
      { kind: 'grant-store', ref: 2056, field: 'frame', value: 0x1a3c0 },
      'domU writes frame 0x1a3c0 into entry 2056',
    ],
    [
      { kind: 'eoi', kernel: 'dom0', port: 21, spurious: true },
      'dom0 ends the interrupt of port 21, which had no work',
    ],
    [{ kind: 'packet-sent', kernel: 'domU', number: 1 }, 'packet 1 sets out from domU'],
    [{ kind: 'packet-queued', kernel: 'dom0', queue: 0, number: 101 }, 'packet 101 waits for the guest in queue 0'],
    [{ kind: 'packet-delivered', kernel: 'dom0', number: 1 }, 'packet 1 has arrived: dom0’s network stack has it'],
    [{ kind: 'packet-dropped', kernel: 'domU', number: 2 }, 'domU throws packet 2 away'],
    [
      { kind: 'tx-slot', queue: 1, number: 1, id: 0, ref: 8, index: 4 },
      'packet 1 gets id 0, reference 8 and index 4 of the TX ring of queue 1',
    ],
    [{ kind: 'tx-finished', queue: 0, id: 3, ref: 11 }, 'request 3 of queue 0 is finished, reference 11 is free'],
    [
      { kind: 'request-read', ring: 'rx', queue: 0, index: 5, id: 5, ref: 269 },
      'netback reads request 5 at index 5 of the RX ring of queue 0: reference 269',
    ],
    [
      { kind: 'response-written', ring: 'tx', queue: 0, index: 7, id: 2, status: 0 },
      'netback writes at index 7 of the TX ring of queue 0: id 2, status 0',
    ],
    [
      { kind: 'response-read', kernel: 'domU', ring: 'rx', queue: 0, index: 7, id: 7, status: 60 },
      'netfront reads at index 7 of the RX ring of queue 0: id 7, status 60',
    ],
    [
      { kind: 'notify-decision', kernel: 'domU', ring: 'tx', queue: 0, old: 0, new: 1, event: 1, notify: true },
      'domU has gone from 0 to 1 in the TX ring of queue 0; the other side asked for 1, which lies between: notify',
    ],
    [
      { kind: 'notify-decision', kernel: 'domU', ring: 'tx', queue: 0, old: 1, new: 2, event: 1, notify: false },
      'domU has gone from 1 to 2 in the TX ring of queue 0; the other side asked for 1, which does not lie between: the notification is suppressed',
    ],
    [
      { kind: 'notify-decision', kernel: 'domU', ring: 'rx', queue: 0, old: 256, new: 256, event: 1, notify: false },
      'domU has gone from 256 to 256 in the RX ring of queue 0: nothing new, no notification',
    ],
    [
      { kind: 'event-asked', kernel: 'dom0', ring: 'tx', queue: 0, field: 'req_event', event: 4 },
      'dom0 asks to be told at index 4 of the TX ring of queue 0 (req_event)',
    ],
    [
      { kind: 'final-check', kernel: 'dom0', ring: 'tx', queue: 0, found: 0 },
      'nothing has come into the TX ring of queue 0 meanwhile: dom0 may rest',
    ],
    [
      { kind: 'final-check', kernel: 'dom0', ring: 'tx', queue: 0, found: 1 },
      'something has come into the TX ring of queue 0 meanwhile: dom0 goes on',
    ],
    [{ kind: 'grant-end', ref: 8 }, 'entry 8 permits nothing any more'],
    [{ kind: 'napi-scheduled', kernel: 'dom0', poll: 'xenvif_poll', queue: 0, missed: false }, 'xenvif_poll of queue 0 will run'],
    [
      { kind: 'napi-scheduled', kernel: 'dom0', poll: 'xenvif_poll', queue: 0, missed: true },
      'xenvif_poll of queue 0 is under way, and will run again',
    ],
    [{ kind: 'napi-done', kernel: 'domU', poll: 'xennet_poll', queue: 0, again: false }, 'xennet_poll of queue 0 is done'],
    [
      { kind: 'napi-done', kernel: 'domU', poll: 'xennet_poll', queue: 0, again: true },
      'xennet_poll of queue 0 is done, and runs again',
    ],
    [{ kind: 'thread-woken', thread: 'vif5.0-q0-guest-rx' }, 'thread vif5.0-q0-guest-rx is woken'],
    [{ kind: 'queue-stopped', kernel: 'domU', queue: 0 }, 'queue 0 takes no more packets: its ring is nearly full'],
    [{ kind: 'queue-woken', kernel: 'domU', queue: 0 }, 'queue 0 takes packets again'],
    [{ kind: 'event', conn: 'dom0', path: '/a', token: 't' }, 'xenstored queues a watch event for dom0: /a'],
    [{ kind: 'spawn', thread: 'vif5.0-q0-dealloc' }, 'thread vif5.0-q0-dealloc begins'],
    [{ kind: 'log', kernel: 'domU', line: 'only created 3 queues' }, 'domU prints: only created 3 queues'],
    [{ kind: 'notify', port: 11 }, 'notify: port 11'],
    [{ kind: 'barrier' }, 'barrier'],
  ])('%o', (effect, text) => {
    expect(describeEffect(effect)).toBe(text);
  });
});

describe('the effects of a step', () => {
  it('begin with the request, and the rest is counted', () => {
    const event = (path: string) => ({ kind: 'event', conn: 'dom0', path, token: 't' });
    const write = { kind: 'xs', op: 'WRITE', conn: 'domU', path: '/a', node: '/a', value: '1', ok: true };
    expect(describeEffects([event('a'), event('b'), event('c'), write], 2)).toEqual({
      lines: ['domU writes /a = “1”', 'xenstored queues a watch event for dom0: a'],
      more: 2,
    });
  });
});

describe('a citation', () => {
  const linux = {
    project: 'Linux',
    version: 'v6.12.117',
    path: 'drivers/net/xen-netback/xenbus.c',
    symbol: 'backend_connect',
    line: 282,
  } as const;

  it('names project, version, file and function', () => {
    expect(citationText(linux)).toBe('Linux v6.12.117 drivers/net/xen-netback/xenbus.c, backend_connect');
  });

  it('leads to the public file at that version', () => {
    expect(sourceLink(linux)).toBe(
      'https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/net/xen-netback/xenbus.c?h=v6.12.117#n282',
    );
    expect(
      sourceLink({
        ...linux,
        project: 'Xen',
        version: '4.23-dev c447b7308b',
        path: 'xen/common/grant_table.c',
        line: 4321,
      }),
    ).toBe('https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=xen/common/grant_table.c;hb=c447b7308b#l4321');
  });

  it('leads nowhere where there is no public file', () => {
    expect(sourceLink({ ...linux, project: 'RingScope' })).toBeUndefined();
    expect(sourceLink({ ...linux, project: 'Xen', version: '4.23-dev' })).toBeUndefined();
  });
});

describe('the words of effects', () => {
  /** Those that are told with more than their fields. */
  const told = new Set(['xs', 'xen', 'notify-decision']);

  it.each(scenarios.map(({ id }) => id))('are there for all that happens in %s, with a value for each of their places', (id) => {
    const scenario = scenarios.find((one) => one.id === id)!;
    const timeline = new Timeline(scenario.build(scenario.defaults), scenario.schedule);
    const effects: Effect[] = [];
    for (let next = timeline.natural(); next; next = timeline.natural()) timeline.forward(next, effects);
    const wordless = effects.filter(({ kind }) => !told.has(kind) && !Object.hasOwn(effectWords.kinds, kind));
    expect(wordless).toEqual([]);
    expect(effects.map(describeEffect).filter((line) => /…|undefined|\{\w+\}/.test(line) && !/\(\d+\)$/.test(line))).toEqual([]);
  });
});
