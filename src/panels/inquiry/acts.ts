/** Which of the acts concern the very thing that somebody asks about. Pure. */
import { grantEntryAt, grantEntryV1 } from '../../abi/grant-table.ts';
import { BACK_DIR, DOMU, FRONT_DIR } from '../../store/stage/slots.ts';
import type { Cell } from '../../store/store.ts';
import type { ActView, RingView } from '../../store/view.ts';

/** Pages of the first TX ring whose grants the simulation can revoke. */
const REVOKES: Readonly<Record<number, string>> = { 0: 'ref-not-granted', 2: 'third-page-bad' };

const KEYS: readonly (readonly [path: RegExp, ...acts: string[]])[] = [
  [new RegExp(`^${FRONT_DIR}/(queue-0/)?tx-ring-ref0?$`), 'missing-ring-key', 'ref-beyond-table'],
  [new RegExp(`^${FRONT_DIR}/(queue-0/)?tx-ring-ref2$`), 'third-ref-wrong'],
  [new RegExp(`^${FRONT_DIR}/tx-ring-order$`), 'order-too-big'],
  [new RegExp(`^${BACK_DIR}/mac$`), 'bad-mac'],
];

const TAKEN = 'port-taken';

export interface Concerned {
  acts: readonly ActView[];
  /** It is a ring page, or its grant, that no act revokes though others can be. */
  others: boolean;
}

/** What the page draws, as far as it says what a cell is part of. */
interface Things {
  acts: readonly ActView[];
  rings: readonly RingView[];
  /** The guest's port of the first TX ring; null while there is none. */
  txPort: number | null;
  /** Machine frame of the first frame of the guest's grant table; null while there is none. */
  table: number | null;
}

/** The acts that spoil what `cell` is, or is part of; those that make no sense now among them. */
export function actsOn(cell: Cell, { acts, rings, txPort, table }: Things): Concerned {
  const offered = (...ids: string[]): readonly ActView[] => acts.filter(({ id }) => ids.includes(id));
  const page = rings.flatMap(({ direction, queue, pages }) =>
    pages.filter((one) => isPage(cell, one, table)).map(({ index }) => ({ direction, queue, index })))[0];
  if (page !== undefined) {
    const revoke = page.direction === 'tx' && page.queue === 0 ? REVOKES[page.index] : undefined;
    if (revoke !== undefined) return { acts: offered(revoke), others: false };
    return { acts: [], others: offered(...Object.values(REVOKES)).length > 0 };
  }
  return { acts: offered(...idsOf(cell, txPort)), others: false };
}

/** Is the cell in that page, in its grant entry, or what Xen keeps of that? */
function isPage(cell: Cell, { ref, mfn }: RingView['pages'][number], table: number | null): boolean {
  if (cell.cell === 'slot') return ref !== null && cell.name === `xen:active:${DOMU}:${ref}`;
  if (cell.frame === mfn) return true;
  if (ref === null || table === null) return false;
  const { frame, offset } = grantEntryAt(1, ref);
  return cell.frame === table + frame && cell.offset >= offset && cell.offset < offset + grantEntryV1.size;
}

const NODE = 'xs:node:';

function idsOf(cell: Cell, txPort: number | null): readonly string[] {
  if (cell.cell !== 'slot') return [];
  if (cell.name.startsWith(NODE)) {
    const [, ...ids] = KEYS.find(([path]) => path.test(cell.name.slice(NODE.length))) ?? [/^/];
    return ids;
  }
  return txPort !== null && cell.name === `xen:port:${DOMU}:${txPort}` ? [TAKEN] : [];
}
