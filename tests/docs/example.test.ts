import { describe, expect, it } from 'vitest';
import { lendAPage, lendTooEarly, question } from '../../docs/site/examples/lend-a-page.ts';
import { explore, recordRun } from '../../src/sim/index.ts';

describe('the worked scenario', () => {
  it('lends a page in the natural order, and names its chapters by steps that it has', () => {
    const { records, machine } = recordRun(lendAPage, lendAPage.defaults);
    const steps = records.map(({ step }) => step);
    expect(steps).toEqual([
      'lend_a_page#grant',
      'gnttab_grant_foreign_access#store_domid',
      'gnttab_grant_foreign_access#store_frame',
      'gnttab_grant_foreign_access#write_barrier',
      'gnttab_grant_foreign_access#store_flags',
      'lend_a_page#leave_note',
      'borrow_a_page#read_note',
      'borrow_a_page#map',
      'HYPERVISOR_grant_table_op#enter_map',
      'map_grant_ref#map_one',
      'HYPERVISOR_grant_table_op#return_map',
      'borrow_a_page#keep_status',
    ]);
    for (const { begins } of lendAPage.chapters) expect(steps).toContain(begins);
    expect(question.terminal(machine)).toBe('lent');
  });

  it('holds in every order', () => {
    const verdict = explore(lendAPage.build(lendAPage.defaults), question);
    expect(verdict).toMatchObject({ violation: null, cut: null });
    expect([...verdict.terminals.keys()]).toEqual(['lent']);
  });

  it('goes well with its bug in the natural order, and breaks in another one, which the checker finds', () => {
    const { machine } = recordRun(lendTooEarly, lendTooEarly.defaults);
    expect(question.terminal(machine)).toBe('lent');
    const { violation } = explore(lendTooEarly.build(lendTooEarly.defaults), question);
    expect(violation).toMatchObject({ invariant: 'Xen maps what the note names', message: 'the map of reference 8 ended with status -1' });
  });
});
