import { describe, expect, it } from 'vitest';
import { headline, plainText, tell } from '../../src/panels/text/model.ts';
import type { Block, Moment, Section } from '../../src/panels/text/model.ts';
import type { StageView } from '../../src/store/view.ts';
import { Watched } from '../store/stage/run.ts';

const config = { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' } as const;
const moment = (run: Watched, change: Partial<Moment> = {}): Moment => ({
  scenario: 'a scenario', config, position: run.frame.position, length: run.length, chapter: null, step: null,
  next: run.frame.choices.map(({ thread, key }) => ({ thread, title: key })), ...change,
});

function section(sections: readonly Section[], title: string): readonly Block[] {
  return sections.find((one) => one.title === title)?.blocks ?? [];
}
function tables(blocks: readonly Block[]) {
  return blocks.filter((block) => block.kind === 'table');
}
function lines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : block.kind === 'list' ? [...block.items] : []));
}
/** Every table has as many cells in a row as it has headers, and none of them is empty by mistake. */
function expectWhole(sections: readonly Section[]): void {
  for (const { head, rows } of tables(sections.flatMap(({ blocks }) => blocks))) {
    for (const row of rows) expect(row).toHaveLength(head.length);
  }
  expect(JSON.stringify(sections)).not.toMatch(/undefined|NaN|…|\{\w+\}/);
}

describe('the state as text', () => {
  const run = new Watched(4, 1);

  it('says at the start what is not there yet', () => {
    const told = tell(run.seek(0), moment(run));
    expectWhole(told);
    expect(told.map(({ title }) => title)).toEqual([
      'This step', 'Who is where', 'Rings', 'Grant table of domain 5', 'xenstore', 'Event channels', 'Threads', 'Logs',
      'What could run next',
    ]);
    expect(lines(section(told, 'This step'))).toContain('Nothing has happened yet.');
    expect(lines(section(told, 'Rings'))).toEqual(['No ring yet: netfront allocates them.']);
    expect(lines(section(told, 'Event channels'))).toHaveLength(1);
    expect(lines(section(told, 'xenstore'))).toEqual(['Frontend directory: no keys.', 'Backend directory: no keys.']);
  });

  it('has one number for a stretch of one reference', () => {
    const view = run.after('map_grant_ref#map_one', 2);
    const folds = [{ from: 8, to: 8, label: 'taken' }, { from: 9, to: 10, label: 'taken' }];
    const told = tell({ ...view, grants: { ...view.grants, folds } }, moment(run));
    expect(lines(section(told, 'Grant table of domain 5'))).toEqual(
      expect.arrayContaining(['Reference 8: taken', 'References 9 to 10: taken']));
  });

  it('says in the middle of mapping what the stage shows', () => {
    const view = run.after('map_grant_ref#map_one', 2);
    const told = tell(view, moment(run));
    expectWhole(told);
    const [states] = tables(section(told, 'Who is where'));
    expect(states?.rows).toEqual([
      ['in xenstore', '4 Connected', '2 InitWait'],
      ['cached by the kernel', '4 Connected', '2 InitWait'],
      ['the driver’s own', 'keeps none', '2 InitWait'],
    ]);
    const [tx, rx, indexes] = tables(section(told, 'Rings'));
    expect(tx?.rows.map((row) => row[3])).toEqual(['mapped by dom0', 'mapped by dom0', 'granted, not mapped', 'granted, not mapped']);
    expect(tx?.rows[1]).toEqual(['1', '0x1a3c1', expect.stringMatching(/^0x/), 'mapped by dom0', '2057', '1', '336 to 677']);
    expect(rx?.rows.at(-1)?.at(-1)).toBe('never touched by an entry');
    expect(indexes?.rows.map(([name, prod]) => [name, prod])).toEqual([
      ['TX ring of queue 0', '0'], ['RX ring of queue 0', '1024'],
    ]);
    const [grants] = tables(section(told, 'Grant table of domain 5'));
    expect(grants?.rows.map((row) => row[4])).toEqual([
      '0x19: permit, reading, writing', '0x19: permit, reading, writing', ...Array.from({ length: 6 }, () => '0x1: permit'),
    ]);
    expect(grants?.rows[0]?.[5]).toBe('19 00 00 00 c0 a3 01 00');
    expect(lines(section(told, 'Grant table of domain 5'))[0]).toBe('Frames in the table: 5 of 64.');
  });

  it('says of a page that dom0 maps and has forgotten that it is still mapped', () => {
    const broken = new Watched(4, 1, 64, {}, 'fault-third-page-bad');
    const told = tell(broken.seek(broken.length), moment(broken));
    expectWhole(told);
    const [tx, rx] = tables(section(told, 'Rings'));
    expect(tx?.caption).toMatch(/, which netback has given up without unmapping all of it$/);
    expect(tx?.rows.map((row) => row[3])).toEqual([
      'unmapped, still granted', 'unmapped, still granted', 'grant ended',
      'still mapped by dom0, where nobody has it any more or will unmap it',
    ]);
    expect(rx?.caption).toMatch(/, of which netback has no address$/);
  });

  it('tells of every key its value, writer, permissions and watchers; of every port its ends', () => {
    const view = run.seek(run.length);
    const told = tell(view, moment(run));
    expectWhole(told);
    const keys = tables(section(told, 'xenstore')).flatMap(({ rows }) => rows);
    expect(keys).toHaveLength(view.xenstore.frontend.length + view.xenstore.backend.length);
    expect(keys).toContainEqual(['/local/domain/0/backend/vif/5/0/state', '4', 'dom0', 'n0 r5', 'domU 5']);
    // Nobody is said to have written what the hotplug script wrote but that script.
    expect(keys.filter(([, , writer]) => writer === 'vif-bridge').map(([path, value]) => [path, value])).toEqual([
      ['/local/domain/5/device/vif/0/mtu', '1500'], ['/local/domain/0/backend/vif/5/0/hotplug-status', 'connected'],
    ]);
    const [ports] = tables(section(told, 'Event channels'));
    expect(ports?.rows.map((row) => row.slice(0, 5))).toEqual([
      ['5', '11', 'queue 0 TX', 'interdomain', 'domain 0, port 21'],
      ['5', '12', 'queue 0 RX', 'interdomain', 'domain 0, port 22'],
      ['0', '21', 'queue 0 TX', 'interdomain', 'domain 5, port 11'],
      ['0', '22', 'queue 0 RX', 'interdomain', 'domain 5, port 12'],
    ]);
    expect(lines(section(told, 'Logs')).join('\n')).toContain(view.backend.log.at(-1));
    const threads = tables(section(told, 'Threads')).flatMap(({ rows }) => rows.map(([name]) => name));
    expect(threads).toEqual(expect.arrayContaining(['xenwatch', 'vif5.0-q0-guest-rx']));
  });

  it('says what became of a guest, and what a person could do and cannot', () => {
    const view: StageView = {
      ...run.seek(0),
      guest: 'zombie',
      acts: [
        { id: 'a', kind: 'fault', party: 'domU', title: 'Break it', refusal: null },
        { id: 'b', kind: 'fault', party: 'domU', title: 'Mend it', refusal: 'nothing is broken' },
      ],
    };
    const told = tell(view, moment(run, { next: [] }));
    expect(lines(section(told, 'Who is where'))).toContain('The guest is dead, but Xen has to keep it: a zombie.');
    expect(lines(section(told, 'What could run next'))).toEqual([
      'Nothing can run: every thread waits or has finished.', 'You could: Break it', 'You cannot yet: Mend it (nothing is broken)',
    ]);
  });

  it('names the step, its chapter, and what it changed', () => {
    const change = { what: 'key /a', before: '“1”', after: '“2”' };
    const step = { thread: 'dom0 xenwatch', shown: 'connect', title: 'It connects', changes: [change], changed: 4 };
    const told = tell(run.seek(9), moment(run, { step, chapter: { n: 2, count: 3, title: 'Middle' } }));
    expect(lines(section(told, 'This step')).slice(1)).toEqual([
      'Chapter 2 of 3: Middle', 'Step 9, dom0 xenwatch, connect: It connects', 'Changed: key /a, “1” → “2”', 'and 3 more changes',
    ]);
  });

  it('is copied as headings, lists and tables of text', () => {
    const text = plainText(headline(moment(run)), [
      { title: 'Some', blocks: [
        { kind: 'text', text: 'A line.' },
        { kind: 'list', items: ['one', 'two'] },
        { kind: 'table', caption: 'Things', head: ['a', 'b'], rows: [['1|2', '3']] },
      ] },
    ]);
    expect(text).toBe(
      `# a scenario, step 9 of ${run.length}\n\n## Some\n\nA line.\n\n- one\n- two\n\nThings:\n\n| a | b |\n| --- | --- |\n| 1\\|2 | 3 |\n`,
    );
  });
});
