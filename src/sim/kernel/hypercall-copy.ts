import { enter, local, ret, step, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { copyGrant, type CopyOp } from '../xen/grant-copy.ts';
import { linux, xen } from './cite.ts';
import { DOMID, type KernelName } from './kernel.ts';

export type { CopyOp } from '../xen/grant-copy.ts';

const gnttab_copy_one = fn<
  { caller: number; op: CopyOp; status?: number },
  number,
  { caller: number; op: CopyOp }
>('gnttab_copy_one', xen('xen', 'xen/common/grant_table.c', 'gnttab_copy_one', { line: 3118 }), [
  step('copy_one', (c, l) => {
    l.status = copyGrant(c, l.caller, l.op).status;
  }),
  ret((l) => l.status!),
]);

type CopyBatch = { kernel: KernelName; ops: readonly CopyOp[] };

/**
 * GNTTABOP_copy with a batch, as gnttab_batch_copy makes it. @returns a status an element; one that fails
 * stops nothing
 */
export const HYPERVISOR_copy = fn<
  CopyBatch & { i?: number; statuses?: readonly number[] },
  readonly number[],
  CopyBatch
>(
  'HYPERVISOR_grant_table_op(copy)',
  linux('either', 'arch/x86/include/asm/xen/hypercall.h', 'HYPERVISOR_grant_table_op', {
    line: 459,
    shown: 'HYPERVISOR_grant_table_op',
  }),
  [
    local('enter_copy', (_, l) => {
      l.i = 0;
      l.statuses = [];
    }),
    whilst((l) => l.i! < l.ops.length, [
      enter(
        () => gnttab_copy_one,
        (l) => ({ caller: DOMID[l.kernel], op: l.ops[l.i!]! }),
        (l, status) => {
          l.statuses = [...l.statuses!, status];
          l.i = l.i! + 1;
        },
      ),
    ]),
    local('return_copy', () => {}),
    ret((l) => l.statuses!),
  ],
);
