import {
  PAGE_SIZE, blkifRing, netifCtrlRing, netifRxRing, netifTxRing, ringSize, roundDownPow2,
} from '../../src/abi/index.ts';
import { tableRows } from './cursor.ts';
import type { TableCheck } from './tally.ts';

const slotSizes = new Map([
  ['netif_tx', netifTxRing.entry.size],
  ['netif_rx', netifRxRing.entry.size],
  ['netif_ctrl', netifCtrlRing.entry.size],
  ['blkif', blkifRing.entry.size],
]);

/**
 * Slot size of a column such as netif_tx_const (computed by the compiler) or netif_tx_ring (read from a
 * ring).
 */
function columnSlotSize(column: string): number | undefined {
  return slotSizes.get(column.replace(/_(?:const|ring)$/, ''));
}

const checkSizes: TableCheck = (table, tally) => {
  tally.group();
  for (const { row, cells } of tableRows(table)) {
    const byteCell = cells.get('bytes') ?? row.fail("no column 'bytes'");
    const byteLength = byteCell.integer(0);
    for (const [column, cell] of cells) {
      const where = `${byteLength} bytes`;
      const slotSize = columnSlotSize(column);
      if (column === 'pages') {
        tally.item(cell, where, ['pages', cell.integer(), byteLength / PAGE_SIZE]);
      } else if (slotSize !== undefined) {
        tally.item(cell, where, [column, cell.integer(), ringSize(byteLength, slotSize)]);
      } else if (column !== 'bytes') {
        table.field('columns').fail(`unknown column '${column}'`);
      }
    }
  }
};

const checkRoundDown: TableCheck = (table, tally) => {
  tally.group();
  for (const { row, cells } of tableRows(table)) {
    const x = (cells.get('x') ?? row.fail("no column 'x'")).integer(0, 0xffffffff);
    for (const [column, cell] of cells) {
      if (column === '__RD32') tally.item(cell, `x = ${x}`, [column, cell.integer(), roundDownPow2(x)]);
      else if (column !== 'x') table.field('columns').fail(`unknown column '${column}'`);
    }
  }
};

/** Tables of a ring-sizes file. Its main table is the file itself: `columns` and `rows` stand at the top. */
export const ringSizeTables: Readonly<Record<string, TableCheck>> = {
  columns: () => {},
  rows: (_rows, tally, root) => checkSizes(root, tally, root),
  odd_sizes: checkSizes,
  round_down_pow2: checkRoundDown,
};
