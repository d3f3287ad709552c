// --kind abi: compares src/abi with recorded facts. Three formats of file, told apart by the tables they
// hold.
import { abiTables, findField, gntstMeaning, xsErrors } from '../../src/abi/index.ts';
import { jsonDocument } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { grantEntryTables } from './grant-entries.ts';
import { ringSizeTables } from './ring-sizes.ts';
import { Tally } from './tally.ts';
import type { Report, TableCheck } from './tally.ts';

function checkStructs(table: Cursor, tally: Tally): void {
  for (const item of table.items()) {
    tally.group();
    const name = item.field('struct').text();
    const layout = abiTables.structs.get(name);
    for (const property of ['size', 'align'] as const) {
      const recorded = item.field(property);
      tally.item(recorded, name, [property, recorded.integer(), layout?.[property]]);
    }
    for (const [path, recorded] of item.field('fields').entries()) {
      const found = layout && findField(layout, path);
      tally.item(recorded, name, [path, recorded.integers(2), found && [found.offset, found.size]]);
    }
  }
}

function checkConstants(table: Cursor, tally: Tally): void {
  tally.group();
  for (const [name, recorded] of table.entries()) {
    tally.item(recorded, 'constants', [name, recorded.integer(), abiTables.constants.get(name)?.value]);
  }
}

function checkMessageCount(table: Cursor, tally: Tally): void {
  tally.group();
  const ours = Object.keys(gntstMeaning).length;
  tally.item(table, 'grant status messages', ['count', table.integer(), ours]);
}

function checkErrorOrder(table: Cursor, tally: Tally): void {
  tally.group();
  const recorded = table.items();
  tally.item(table, 'xenstore errors', ['count', recorded.length, xsErrors.length]);
  recorded.forEach((name, index) => {
    tally.item(name, 'xenstore errors', [`[${index}]`, name.text(), xsErrors[index]]);
  });
}

const abiFileTables: Readonly<Record<string, TableCheck>> = {
  structs: checkStructs,
  constants: checkConstants,
  gntst: checkConstants,
  gntst_messages_count: checkMessageCount,
  xs_errors_in_table_order: checkErrorOrder,
};

const formats = [abiFileTables, ringSizeTables, grantEntryTables];

/**
 * Compares one recorded file (an abi, ring-sizes or grant-entries file) with ours. Texts in it are remarks.
 * Throws an InputError when the file is none of these or holds a table that has no check.
 */
export function checkAbi(text: string): Report {
  const root = jsonDocument(text);
  const tables = root.entries().filter(([, table]) => typeof table.value !== 'string');
  const format = formats.find((known) => tables.some(([name]) => Object.hasOwn(known, name)));
  if (!format) return root.fail('neither an abi nor a ring-sizes nor a grant-entries file');
  const tally = new Tally();
  for (const [name, table] of tables) {
    const check = Object.hasOwn(format, name) ? format[name] : undefined;
    if (!check) return table.fail('unknown table');
    check(table, tally, root);
  }
  const report = tally.report();
  if (report.items === 0) root.fail('holds no facts');
  return report;
}
