import {
  GNTCOPY, GNTST, GRANTS_PER_FRAME, PAGE_SIZE, decode, encode, gnttabCopy, gnttabMapGrantRef,
  gnttabUnmapGrantRef, grantEntryV1, grantEntryV2, grantStatus,
} from '../../src/abi/index.ts';
import type { Fields, InputOf, Layout, ValueOf } from '../../src/abi/index.ts';
import { tableRows } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { Check, TableCheck } from './tally.ts';

/** One recorded row. Columns whose names end in _hex hold numbers in hexadecimal, read with `big`. */
class Row {
  constructor(private readonly row: Cursor, private readonly cells: ReadonlyMap<string, Cursor>) {}

  cell(column: string): Cursor {
    return this.cells.get(column) ?? this.row.fail(`no column '${column}'`);
  }

  int(column: string): number {
    return this.cell(column).integer();
  }

  big(column: string): bigint {
    return this.cell(column).hexNumber();
  }
}

type Decoded = Readonly<Record<string, number | bigint>>;

/**
 * A table of byte images. Every row is encoded with our writer and compared with its column `hex`, and the
 * bytes are decoded with our reader and compared with the other columns.
 */
function images<F extends Fields>(
  layout: Layout<F>,
  columns: readonly string[],
  input: (row: Row) => InputOf<Layout<F>>,
  output: (value: ValueOf<Layout<F>>, row: Row) => Decoded,
): TableCheck {
  return (table, tally) => {
    tally.group();
    const expected = new Set([...columns, 'hex']);
    const unknown = table.field('columns').items().find((column) => !expected.has(column.text()));
    if (unknown) unknown.fail(`unknown column '${unknown.text()}'`);
    tableRows(table).forEach(({ row: at, cells }, index) => {
      const where = `${layout.name} row ${index}`;
      const row = new Row(at, cells);
      const recorded = row.cell('hex').hexBytes();
      tally.item(at, where, ['hex', hex(recorded), hex(encoded(layout, input(row), at))]);
      const decoded = recorded.length === layout.size ? output(decode(layout, recorded), row) : {};
      for (const column of columns) {
        tally.item(at, where, decodedCheck(column, row, decoded[column]));
      }
    });
  };
}

function decodedCheck(column: string, row: Row, got: number | bigint | undefined): Check {
  const isHex = column.endsWith('_hex');
  const expected = isHex ? row.big(column).toString(16) : row.int(column);
  return [`${column} (decoded)`, expected, isHex ? got?.toString(16) : got];
}

function encoded<F extends Fields>(layout: Layout<F>, input: InputOf<Layout<F>>, at: Cursor): Uint8Array {
  try {
    return encode(layout, input);
  } catch (error) {
    // Our writers refuse a value that does not fit its field; no recording can hold one.
    if (error instanceof RangeError) at.fail(error.message);
    throw error;
  }
}

function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex');
}

/** One end of a copy: a reference or a frame, as the row says. */
function copyEnd(row: Row, end: 'src' | 'dst'): InputOf<typeof gnttabCopy.fields.source> {
  const value = row.big(`${end}_val_hex`);
  const u = row.int(`${end}_is_ref`) ? { ref: Number(value) } : { gmfn: value };
  return { u, domid: row.int(`${end}_dom`), offset: row.int(`${end}_off`) };
}

function copyValue(value: ValueOf<typeof gnttabCopy.fields.source>, isRef: boolean): bigint {
  return isRef ? BigInt(value.u.ref) : value.u.gmfn;
}

const hypercallArgs: Readonly<Record<string, TableCheck>> = {
  map: images(
    gnttabMapGrantRef,
    ['host_addr_hex', 'flags', 'ref', 'dom', 'status', 'handle', 'dev_bus_addr_hex'],
    (row) => ({
      host_addr: row.big('host_addr_hex'), flags: row.int('flags'), ref: row.int('ref'), dom: row.int('dom'),
      status: row.int('status'), handle: row.int('handle'), dev_bus_addr: row.big('dev_bus_addr_hex'),
    }),
    (value) => ({ ...value, host_addr_hex: value.host_addr, dev_bus_addr_hex: value.dev_bus_addr }),
  ),
  unmap: images(
    gnttabUnmapGrantRef,
    ['host_addr_hex', 'dev_bus_addr_hex', 'handle', 'status'],
    (row) => ({
      host_addr: row.big('host_addr_hex'), dev_bus_addr: row.big('dev_bus_addr_hex'),
      handle: row.int('handle'), status: row.int('status'),
    }),
    (value) => ({ ...value, host_addr_hex: value.host_addr, dev_bus_addr_hex: value.dev_bus_addr }),
  ),
  copy: images(
    gnttabCopy,
    [
      'src_is_ref', 'src_val_hex', 'src_dom', 'src_off', 'dst_is_ref', 'dst_val_hex', 'dst_dom', 'dst_off',
      'len', 'flags', 'status',
    ],
    (row) => ({
      source: copyEnd(row, 'src'), dest: copyEnd(row, 'dst'), len: row.int('len'), flags: row.int('flags'),
      status: row.int('status'),
    }),
    ({ source, dest, len, flags, status }) => {
      const srcIsRef = (flags & GNTCOPY.source_gref) !== 0;
      const dstIsRef = (flags & GNTCOPY.dest_gref) !== 0;
      return {
        src_is_ref: Number(srcIsRef), src_val_hex: copyValue(source, srcIsRef), src_dom: source.domid,
        src_off: source.offset, dst_is_ref: Number(dstIsRef), dst_val_hex: copyValue(dest, dstIsRef),
        dst_dom: dest.domid, dst_off: dest.offset, len, flags, status,
      };
    },
  ),
};

function header(row: Row): { flags: number; domid: number } {
  return { flags: row.int('flags'), domid: row.int('domid') };
}

const perFrame: Readonly<Record<string, number>> = {
  page: PAGE_SIZE,
  v1_entries: GRANTS_PER_FRAME.v1,
  v2_entries: GRANTS_PER_FRAME.v2,
  status_entries: GRANTS_PER_FRAME.status,
  v2_grant_frames_per_status_frame: GRANTS_PER_FRAME.status / GRANTS_PER_FRAME.v2,
};

function numbers(where: string, ours: Readonly<Record<string, number>>): TableCheck {
  return (table, tally) => {
    tally.group();
    for (const [name, recorded] of table.entries()) {
      const got = Object.hasOwn(ours, name) ? ours[name] : undefined;
      tally.item(recorded, where, [name, recorded.integer(), got]);
    }
  };
}

/** Tables of a grant-entries file. */
export const grantEntryTables: Readonly<Record<string, TableCheck>> = {
  v1: images(
    grantEntryV1, ['flags', 'domid', 'frame'], (row) => ({ ...header(row), frame: row.int('frame') }),
    (value) => value,
  ),
  v2_full_page: images(
    grantEntryV2, ['flags', 'domid', 'frame_hex'],
    (row) => ({ full_page: { hdr: header(row), frame: row.big('frame_hex') } }),
    ({ hdr, full_page }) => ({ ...hdr, frame_hex: full_page.frame }),
  ),
  v2_sub_page: images(
    grantEntryV2, ['flags', 'domid', 'page_off', 'length', 'frame_hex'],
    (row) => ({
      sub_page: {
        hdr: header(row), page_off: row.int('page_off'), length: row.int('length'),
        frame: row.big('frame_hex'),
      },
    }),
    ({ hdr, sub_page: { page_off, length, frame } }) => ({ ...hdr, page_off, length, frame_hex: frame }),
  ),
  v2_transitive: images(
    grantEntryV2, ['flags', 'domid', 'trans_domid', 'gref'],
    (row) => ({
      transitive: { hdr: header(row), trans_domid: row.int('trans_domid'), gref: row.int('gref') },
    }),
    ({ hdr, transitive: { trans_domid, gref } }) => ({ ...hdr, trans_domid, gref }),
  ),
  status: images(
    grantStatus, ['value'], (row) => ({ _: row.int('value') }), (value) => ({ value: value._ }),
  ),
  hypercall_args: (table, tally, root) => {
    for (const [name, arguments_] of table.entries()) {
      if (typeof arguments_.value === 'string') continue;
      const check = Object.hasOwn(hypercallArgs, name) ? hypercallArgs[name] : undefined;
      if (!check) return arguments_.fail('unknown table');
      check(arguments_, tally, root);
    }
  },
  per_frame: numbers('per frame', perFrame),
  gntst_codes: numbers('grant status codes', GNTST),
};
