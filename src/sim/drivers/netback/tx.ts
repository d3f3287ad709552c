import { DOMID as RESERVED, GNTCOPY, GNTST } from '../../../abi/grant-table.ts';
import { NETIF_RSP } from '../../../abi/netif.ts';
import { assign, call, local, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { HYPERVISOR_copy, type CopyOp } from '../../kernel/hypercall-copy.ts';
import { DOMID } from '../../kernel/kernel.ts';
import { readPacket, record } from '../../kernel/packets.ts';
import { netbackOp } from './ops.ts';
import { NETBACK } from './state.ts';
import { xenvif_tx_build_gops, type TxRequest } from './tx-build.ts';
import { txWork, type Respond } from './tx-ring.ts';

type Submit = { queue: number; requests: readonly TxRequest[]; statuses: readonly number[] };
type SubmitLocals = Submit & { i?: number; op?: string; number?: number };

/** Answers what was copied, and hands each packet to dom0's network stack. */
const xenvif_tx_submit = fn<SubmitLocals, number, Submit>(
  'xenvif_tx_submit',
  linux('dom0', NETBACK, 'xenvif_tx_submit', { line: 1171 }),
  [
    privately((c, l) => {
      l.i = 0;
      l.op = netbackOp(c, 'tx_response');
    }),
    whilst((l) => l.i! < l.requests.length, [
      call(
        'check_gop',
        (l) => functionNamed<Respond>(l.op!),
        (l) => ({
          queue: l.queue,
          id: l.requests[l.i!]!.id,
          status: l.statuses[l.i!] === GNTST.okay ? NETIF_RSP.OKAY : NETIF_RSP.ERROR,
        }),
      ),
      when((l) => l.statuses[l.i!] === GNTST.okay, [
        step('read_packet', (c, l) => {
          l.number = readPacket(c, 'dom0', l.requests[l.i!]!.gfn);
        }),
        step('netif_receive_skb', (c, l) => {
          record(c, 'delivered', 'dom0', l.number!);
          delete l.number;
        }),
      ]),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret((l) => l.requests.length),
  ],
);

type Action = { queue: number; budget: number };
type ActionLocals = Action & {
  work?: number;
  requests?: readonly TxRequest[];
  ops?: readonly CopyOp[];
  statuses?: readonly number[];
};

/** One round of taking packets from the guest. @returns how many */
export const xenvif_tx_action = fn<ActionLocals, number, Action>(
  'xenvif_tx_action',
  linux('dom0', NETBACK, 'xenvif_tx_action', {
    line: 1389,
    departs: 'packets of one slot and at most 128 bytes, which are copied and never mapped',
  }),
  [
    step('tx_work_todo', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    when((l) => l.work === 0, [ret(() => 0)]),
    call(
      'build_gops',
      () => xenvif_tx_build_gops,
      (l) => ({ queue: l.queue, budget: l.budget }),
      (l, requests) => {
        l.requests = requests;
        delete l.work;
      },
    ),
    when((l) => l.requests!.length === 0, [ret(() => 0)]),
    local('fill_copy_ops', (_, l) => {
      l.ops = l.requests!.map(copyFromGuest);
    }),
    call(
      'batch_copy',
      () => HYPERVISOR_copy,
      (l) => ({ kernel: 'dom0' as const, ops: l.ops! }),
      (l, statuses) => {
        l.statuses = statuses;
        delete l.ops;
      },
    ),
    call(
      'submit',
      () => xenvif_tx_submit,
      (l) => ({ queue: l.queue, requests: l.requests!, statuses: l.statuses! }),
      (l, work) => {
        l.work = work;
      },
    ),
    ret((l) => l.work!),
  ],
);

/** From the guest's page, by its reference, into a frame of dom0's own. */
function copyFromGuest({ gref, offset, size, frame }: TxRequest): CopyOp {
  return {
    source: { page: gref, domid: DOMID.domU, offset },
    dest: { page: frame, domid: RESERVED.SELF, offset: 0 },
    len: size,
    flags: GNTCOPY.source_gref,
  };
}
