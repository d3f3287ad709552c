import { netifRxRing, netifTxRing } from '../../../abi/netif.ts';
import { PAGE_SIZE, ringSize } from '../../../abi/ring.ts';
import { assign, call, local, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { gnttab_alloc_grant_references, gnttab_free_grant_references, type RefList } from '../../kernel/grant-alloc.ts';
import { printk } from '../../kernel/kernel.ts';
import { frontQueueSlot, NETFRONT, netfrontInfoSlot } from './state.ts';

const DEPARTS_POOLS = '6.12 reserves 256 references a direction; pools as large as the rings are ours';

/** Entries of a ring of so many pages. */
export function txEntries(pages: number): number {
  return ringSize(pages * PAGE_SIZE, netifTxRing.entry.size);
}
export function rxEntries(pages: number): number {
  return ringSize(pages * PAGE_SIZE, netifRxRing.entry.size);
}

type InitQueue = { queue: number; tx_pages: number; rx_pages: number };
type InitQueueLocals = InitQueue & { tx?: RefList | null; rx?: RefList | null };

/** Reserves references for the data of packets: as many as the rings have slots. @returns false if the table is full */
const xennet_init_queue = fn<InitQueueLocals, boolean, InitQueue>(
  'xennet_init_queue',
  linux('domU', NETFRONT, 'xennet_init_queue', { line: 2035, departs: DEPARTS_POOLS }),
  [
    local('init_free_lists', () => {}),
    call(
      'alloc_tx_references',
      () => gnttab_alloc_grant_references,
      (l) => ({ count: txEntries(l.tx_pages) }),
      (l, refs) => {
        l.tx = refs;
      },
    ),
    when((l) => l.tx === null, [
      local('no_tx_references', (c) => printk(c, 'domU', "xen_netfront: can't alloc tx grant refs")),
      ret(() => false),
    ]),
    call(
      'alloc_rx_references',
      () => gnttab_alloc_grant_references,
      (l) => ({ count: rxEntries(l.rx_pages) }),
      (l, refs) => {
        l.rx = refs;
      },
    ),
    when((l) => l.rx === null, [
      local('no_rx_references', (c) => printk(c, 'domU', "xen_netfront: can't alloc rx grant refs")),
      call('free_tx_references', () => gnttab_free_grant_references, (l) => ({ refs: l.tx! })),
      ret(() => false),
    ]),
    step('keep_references', (c, l) => {
      c.set(frontQueueSlot(l.queue), { tx: null, rx: null, tx_port: null, rx_port: null, gref_tx: l.tx!, gref_rx: l.rx! });
    }),
    ret(() => true),
  ],
);

type Create = { device: string; asked: number; tx_pages: number; rx_pages: number };
type CreateLocals = Create & { i?: number; ok?: boolean };

/** Makes the queues, as many as the grant table has room for. @returns how many */
export const xennet_create_queues = fn<CreateLocals, number, Create>(
  'xennet_create_queues',
  linux('domU', NETFRONT, 'xennet_create_queues', { line: 2218 }),
  [
    assign((l) => {
      l.i = 0;
      l.ok = true;
    }),
    whilst((l) => l.ok === true && l.i! < l.asked, [
      call(
        'init_queue',
        () => xennet_init_queue,
        (l) => ({ queue: l.i!, tx_pages: l.tx_pages, rx_pages: l.rx_pages }),
        (l, ok) => {
          l.ok = ok;
        },
      ),
      when(
        (l) => l.ok === true,
        [
          local('add_napi', () => {}),
          assign((l) => {
            l.i = l.i! + 1;
          }),
        ],
        [local('keep_what_works', (c, l) => printk(c, 'domU', `vif ${l.device}: only created ${l.i} queues`))],
      ),
    ]),
    step('set_real_num_queues', (c, l) => c.set(netfrontInfoSlot, { num_queues: l.i! })),
    when((l) => l.i === 0, [local('no_queues', (c, l) => printk(c, 'domU', `vif ${l.device}: no queues`))]),
    ret((l) => l.i!),
  ],
);
