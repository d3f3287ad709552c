import { GNTTAB_NR_RESERVED_ENTRIES, GRANTS_PER_FRAME, GTF } from '../../abi/grant-table.ts';
import { doingWords as t } from '../../content/doings.ts';
import { fill } from '../../content/words.ts';
import type { GrantsView } from '../view.ts';
import { entryAt } from './claims.ts';
import type { Now } from './now.ts';
import { DOMU, QUEUES_MAX } from './slots.ts';
import type { Runs } from './slots.ts';

/** What references are for. `posted`: granted for the data of packets. `taken`: for nothing that shows yet. */
type Use = 'tx' | 'rx' | 'posted' | 'taken';

interface Range {
  readonly from: number;
  readonly to: number;
  readonly use: Use;
}

/** The references that the guest has taken for anything but ring pages (`ringRefs`, ascending), in words. */
export function foldsView(now: Now, ringRefs: readonly number[]): GrantsView['folds'] {
  const table = now.get('gnttab:domU');
  // Nobody allocates in a guest that is dead.
  if (table === undefined || now.get(`xen:dying:${DOMU}`) !== undefined) return [];
  const pools: Range[] = [];
  for (let queue = 0; queue < QUEUES_MAX; queue++) {
    const front = now.get(`netfront:queue:${queue}`);
    pools.push(...held(front?.gref_tx ?? [], table.free, 'tx'), ...held(front?.gref_rx ?? [], table.free, 'rx'));
  }
  const elsewhere = [...rangesOf(table.free, 'taken'), ...pools, ...rangesOf(runsOf(ringRefs), 'taken')];
  const rest = gaps(elsewhere, GNTTAB_NR_RESERVED_ENTRIES, table.nr_grant_frames * GRANTS_PER_FRAME.v1 - 1);
  const used = rest.map(([from, to]): Range => ({ from, to, use: isGranted(now, from) ? 'posted' : 'taken' }));
  return joined([...pools, ...used].sort(byFrom));
}

function byFrom(a: Range, b: Range): number {
  return a.from - b.from;
}

function rangesOf(runs: Runs, use: Use): Range[] {
  return runs.map(([first, count]) => ({ from: first, to: first + count - 1, use }));
}

/** What a queue has of its pool: a pool that was freed still stands in its head, and is the kernel's again. */
function held(pool: Runs, free: Runs, use: Use): Range[] {
  const freed = rangesOf(free, use);
  return rangesOf(pool, use).flatMap(({ from, to }) => gaps(freed, from, to).map(([first, last]) => ({ from: first, to: last, use })));
}

function runsOf(refs: readonly number[]): Runs {
  return refs.map((ref) => [ref, 1] as const);
}

/** What lies from `first` to `last` and in none of the ranges. */
function gaps(ranges: readonly Range[], first: number, last: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let next = first;
  for (const { from, to } of [...ranges].sort(byFrom)) {
    if (from > last) break;
    if (from > next) found.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= last) found.push([next, last]);
  return found;
}

function isGranted(now: Now, ref: number): boolean {
  return (entryAt(now, ref).flags & GTF.type_mask) === GTF.permit_access;
}

interface Fold {
  readonly from: number;
  to: number;
  readonly uses: Use[];
}

/** Ranges that follow on from each other as one fold, except that what is only taken stays apart. */
function joined(ranges: readonly Range[]): GrantsView['folds'] {
  const folds: Fold[] = [];
  for (const { from, to, use } of ranges) {
    const last = folds.at(-1);
    if (last?.to === from - 1 && last.uses.includes('taken') === (use === 'taken')) {
      last.to = to;
      last.uses.push(use);
    } else {
      folds.push({ from, to, uses: [use] });
    }
  }
  return folds.map(({ from, to, uses }) => ({ from, to, label: labelOf(uses) }));
}

function labelOf(uses: readonly Use[]): string {
  if (uses.includes('taken')) return t.taken;
  const pools = uses.filter((use) => use !== 'posted');
  const [tx, rx] = [pools.includes('tx'), pools.includes('rx')];
  const ring = tx && rx ? t.both : tx ? 'TX' : 'RX';
  const parts = pools.length === 0 ? [] : [fill(pools.length === 1 ? t.pool : t.pools, { ring })];
  if (uses.includes('posted')) parts.push(t.posted);
  return parts.join(', ');
}
