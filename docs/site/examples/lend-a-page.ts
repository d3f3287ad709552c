// The worked example of the page "Write a scenario". tests/docs/example.test.ts runs it; the page shows it, region by region.
// #region state
import { GNTMAP, GNTST } from '../../../src/abi/grant-table.ts';
import { HYPERVISOR_map_grant_ref } from '../../../src/sim/kernel/hypercall.ts';
import { gnttab_grant_foreign_access } from '../../../src/sim/kernel/grant-alloc.ts';
import { DOMID } from '../../../src/sim/kernel/kernel.ts';
import { ringGfn } from '../../../src/sim/kernel/pages.ts';
import { call, ret, step } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn, type Fn, type FnInfo, type Party } from '../../../src/sim/machine/program.ts';
import { slot } from '../../../src/sim/machine/slot.ts';
import type { Question } from '../../../src/sim/check/question.ts';
import type { Scenario } from '../../../src/sim/scenarios/scenario.ts';
import { createDomain } from '../../../src/sim/xen/domain.ts';

const REF = 8;
/** What the guest tells dom0. In a real system this is a key of xenstore. */
const noteSlot = slot<number>('example:note');
/** What Xen said to dom0. */
const statusSlot = slot<number>('example:status');
// #endregion

// #region lender
function ours(party: Party, symbol: string): FnInfo {
  return { party, cite: { project: 'RingScope', version: '', path: 'docs/site/examples/lend-a-page.ts', symbol } };
}

type Lend = Record<string, never>;

const grant = call<Lend, void, { ref: number; domid: number; frame: number; readonly: boolean }, void>(
  'grant',
  () => gnttab_grant_foreign_access,
  () => ({ ref: REF, domid: DOMID.dom0, frame: ringGfn(0), readonly: false }),
);
const leaveNote = step<Lend, void>('leave_note', (c) => c.set(noteSlot, REF));

const lend_a_page = fn<Lend>('lend_a_page', ours('domU', 'lend_a_page'), [grant, leaveNote, ret()]);
// #endregion

// #region borrower
type Borrow = { ref?: number; status?: number };

const borrow_a_page = fn<Borrow>('borrow_a_page', ours('dom0', 'borrow_a_page'), [
  step('read_note', (c, l) => {
    l.ref = c.get(noteSlot)!;
  }, { ready: (c) => c.get(noteSlot) !== undefined }),
  call(
    'map',
    () => HYPERVISOR_map_grant_ref,
    (l) => ({ kernel: 'dom0' as const, ops: [{ host_addr: 0x40000000, flags: GNTMAP.host_map, ref: l.ref!, dom: DOMID.domU }] }),
    (l, answers) => {
      l.status = answers[0]!.status;
    },
  ),
  step('keep_status', (c, l) => c.set(statusSlot, l.status)),
  ret(),
]);
// #endregion

// #region scenario
function scenario(id: string, title: string, lender: Fn<Lend>): Scenario {
  return {
    id,
    title,
    reference: 'linux 5.1',
    defaults: { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 4, backend: 'pvh' },
    threads: () => [{ name: 'lender', party: 'domU' }, { name: 'borrower', party: 'dom0' }],
    acts: [],
    chapters: [
      { id: 'lent', title: 'The guest lends', begins: `${lender.shown}#grant` },
      { id: 'borrowed', title: 'dom0 borrows', begins: 'borrow_a_page#read_note' },
    ],
    build: ({ maxGrantFrames, backend }) => {
      const machine = new Machine(['lender', 'borrower']);
      const usual = { vcpus: 1, maxGrantFrames, maxMaptrackFrames: 1, maxPort: 63 };
      createDomain(machine, { ...usual, id: DOMID.dom0, kind: backend });
      createDomain(machine, { ...usual, id: DOMID.domU, kind: 'pvh' });
      machine.spawn('lender', lender, {});
      machine.spawn('borrower', borrow_a_page, {});
      return machine;
    },
    // Whoever runs goes on until it sleeps.
    schedule: (enabled, last) => (last && enabled.includes(last) ? last : enabled[0]!),
  };
}

export const lendAPage = scenario('lend-a-page', 'A page is lent', lend_a_page);
// #endregion

// #region question
export const question: Question = {
  invariants: [{
    name: 'Xen maps what the note names',
    check: (c) => {
      const status = c.get(statusSlot);
      return status === undefined || status === GNTST.okay ? null : `the map of reference ${REF} ended with status ${status}`;
    },
  }],
  terminal: (machine) => (machine.get(statusSlot) === GNTST.okay ? 'lent' : null),
};
// #endregion

// #region bug
const lend_too_early = fn<Lend>('lend_too_early', ours('domU', 'lend_too_early'), [leaveNote, grant, ret()]);

export const lendTooEarly = scenario('lend-too-early', 'Bug: The note comes first', lend_too_early);
// #endregion
