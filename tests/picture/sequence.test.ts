import { describe, expect, it } from 'vitest';
import { sequencePicture, sequenceText } from '../../src/picture/index.ts';
import { sequenceOf } from '../../src/picture/sequence/fold.ts';
import type { Happening } from '../../src/picture/sequence/messages.ts';
import { collisions, placed, read, texts } from './read.ts';
import { happenings, pages, scene } from './scenes.ts';

const LIGHT = { theme: 'light' } as const;

/** Steps of dom0's xenwatch with one effect each. */
function steps(...effects: Happening['effects'][number][]): Happening[] {
  return effects.map((effect, n) => ({ n, thread: 'dom0 xenwatch', party: 'dom0', effects: [effect] }));
}

function map(ref: number, status = 0): Happening['effects'][number] {
  return { kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref, dom: 5 }, result: { status } };
}

function xs(op: string, path: string, more: object = {}): Happening['effects'][number] {
  return { kind: 'xs', op, conn: 'dom0', path, ok: true, ...more };
}

function linesOf(...all: Happening[]): string[] {
  return sequenceOf(all, { chapters: [] }).flatMap(({ blocks }) => blocks.flatMap(({ lines }) => lines.map(({ text }) => text)));
}

describe('sequenceOf', () => {
  it('makes equal messages that follow each other one, with the first and the last', () => {
    expect(linesOf(...steps(map(8), map(9), map(10)))).toEqual(['map_grant_ref × 3: ref 8…10']);
    expect(linesOf(...steps(map(8)))).toEqual(['map_grant_ref: ref 8']);
  });

  it('keeps apart what was refused', () => {
    expect(linesOf(...steps(map(8), map(9, -3), map(10)))).toEqual([
      'map_grant_ref: ref 8', 'map_grant_ref, refused (-3): ref 9', 'map_grant_ref: ref 10',
    ]);
  });

  it('counts requests to xenstored by what they are for, but for those of a state', () => {
    const dir = '/local/domain/0/backend/vif/5/0';
    expect(linesOf(...steps(
      xs('READ', `${dir}/mac`), xs('READ', `${dir}/mtu`), xs('WRITE', `${dir}/rate`), xs('WRITE', `${dir}/state`, { value: '2' }),
      xs('READ', '/local/domain/5/device/vif/0/tx-ring-ref0'),
    ))).toEqual(['reads × 2, changes × 1', 'writes backend/state = 2 (InitWait)', 'reads frontend/tx-ring-ref0']);
  });

  it('says what failed, also of a transaction', () => {
    expect(linesOf(...steps(xs('WRITE', '/a', { ok: false, error: 'EACCES' }), xs('TRANSACTION_END', '', { value: 'T', ok: false, error: 'EAGAIN' }))))
      .toEqual(['writes /a: EACCES', 'commits its transaction: EAGAIN']);
  });

  it('draws an event at its other end only if it was delivered', () => {
    const send = (delivered: boolean): Happening['effects'][number] =>
      ({ kind: 'xen', op: 'send', caller: 0, args: { port: 21 }, result: { rc: 0, delivered } });
    expect(linesOf(...steps(send(false)))).toEqual(['sends an event: port 21']);
    expect(linesOf(...steps(send(true)))).toEqual(['sends an event: port 21', 'event']);
  });

  it('makes what repeats a block, whose steps are those of all of it', () => {
    const round = (queue: number): Happening['effects'][number][] =>
      [map(queue), { kind: 'spawn', thread: `vif5.0-q${queue}-guest-rx` }];
    const [chapter] = sequenceOf(steps(...[0, 1, 2].flatMap(round)), { chapters: [] });
    expect(chapter!.blocks).toEqual([{
      times: 3,
      lines: [
        { from: 'dom0', to: 'xen', reply: false, text: 'map_grant_ref: ref 0', first: 1, last: 5 },
        { from: 'dom0', to: 'dom0', reply: false, text: 'starts vif5.0-q0-guest-rx', first: 2, last: 6 },
      ],
    }]);
  });

  it('has no message on both sides of a chapter’s beginning', () => {
    const chapters = [{ id: 'a', title: 'A', at: 0 }, { id: 'b', title: 'B', at: 2 }];
    const found = sequenceOf(steps(map(1), map(2), map(3)), { chapters });
    expect(found.map(({ title, blocks }) => [title, blocks[0]!.lines[0]!.text]))
      .toEqual([['1. A', 'map_grant_ref × 2: ref 1…2'], ['2. B', 'map_grant_ref: ref 3']]);
  });
});

const cases = [
  ['start', {}, 'netif-multipage'],
  ['mapping', pages(16), 'netif-multipage'],
  ['end', { ...pages(4), queues: 3 }, 'netif-multipage'],
  ['end', {}, 'traffic'],
  ['end', {}, 'close-crash'],
  ['end', {}, 'fault-transaction-conflict'],
] as const;

describe('a sequence', () => {
  it.each(cases)('until %s with %j of %s is drawn with no text on another and nothing beyond the edge', (step, change, id) => {
    const document = read(sequencePicture(scene(step, change, id), happenings(step, change, id), LIGHT));
    const boxes = placed(document);
    const [, , width, height] = document.attributes['viewBox']!.split(' ').map(Number);
    expect(boxes.filter(({ left, right, bottom }) => left < 0 || right > width! || bottom > height!)).toEqual([]);
    expect(collisions(boxes)).toEqual([]);
  });

  it.each(cases)('until %s with %j of %s is Mermaid text, line by line', (step, change, id) => {
    const text = sequenceText(scene(step, change, id), happenings(step, change, id));
    const [first, ...lines] = text.trimEnd().split('\n');
    expect(first).toBe('sequenceDiagram');
    const party = '(?:domU|xenstored|xen|dom0|toolstack)';
    const grammar = new RegExp(
      `^ {2}(?:accTitle: .+|accDescr: .+|participant ${party} as .+|Note over domU,toolstack: .+|loop .+|end|(?: {2})?${party}-{1,2}>>${party}: .+)$`,
    );
    expect(lines.filter((line) => !grammar.test(line))).toEqual([]);
    // A semicolon ends a statement, unless it ends the number of a character.
    expect(lines.filter((line) => /(?<!#\d+);|#(?!\d+;)/.test(line))).toEqual([]);
    const depth = lines.map((line): number => (/^ {2}loop/.test(line) ? 1 : line === '  end' ? -1 : 0));
    expect(depth.reduce((sum, change_) => sum + change_, 0)).toBe(0);
  });

  it('of many queues and pages is no longer than one can read', () => {
    const change = { ...pages(16), queues: 8, maxGrantFrames: 256 };
    const document = read(sequencePicture(scene('end', change), happenings('end', change), LIGHT));
    const shown = texts(document);
    expect(shown.length).toBeLessThan(300);
    expect(shown).toContain('8 times, the first:');
    expect(shown).toContain('grants a page: fills its entry × 16: ref 65544…65559');
  });

  it('tells the handshake: who writes, who hears of it, what Xen is asked', () => {
    const shown = texts(read(sequencePicture(scene('end'), happenings('end'), LIGHT)));
    const order = [
      'writes backend/state = 2 (InitWait)', 'grants a page: fills its entry × 4: ref 2056…2059', 'alloc_unbound × 2: port 11…12',
      'writes frontend/state = 4 (Connected)', 'map_grant_ref × 8: ref 2056…2063', 'writes backend/state = 4 (Connected)',
    ].map((text) => shown.indexOf(text));
    expect(order.every((place) => place >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('writes data as data', () => {
    const hostile = 'a; end\n<script>"x"</script> #1 & %% --> ';
    const steps_ = steps({ kind: 'log', kernel: 'dom0', line: hostile });
    const text = sequenceText(scene('start'), steps_);
    expect(text).toContain('dom0->>dom0: prints “a#59; end #60;script#62;#34;x#34;#60;/script#62; #35;1 #38; #37;#37; --#62; ”');
    expect(sequencePicture(scene('start'), steps_, LIGHT)).not.toContain('<script');
  });
});
