import { describe, expect, it } from 'vitest';
import {
  ERRNO, GNTST, GRANTS_PER_FRAME, abiTables, errnoName, gntstMeaning, grantEntryAt, grantStatusAt, nameOf,
  xenbusStateName, xsErrors, xsTypeName,
} from '../../src/abi/index.ts';

describe('abiTables', () => {
  it('cites the file of every struct and constant', () => {
    for (const { cite } of [...abiTables.structs.values(), ...abiTables.constants.values()]) {
      expect(cite.project).toBe('Xen');
      expect(cite.version).toBe('4.23-dev c447b7308b');
      expect(cite.path).toMatch(/^xen\/include\/public\/(?:io\/)?\w+\.h$/);
    }
  });
});

describe('names', () => {
  it('of states, messages, status codes and errors', () => {
    expect(xenbusStateName(4)).toBe('Connected');
    expect(xenbusStateName(9)).toBeUndefined();
    expect(xsTypeName(6)).toBe('TRANSACTION_START');
    expect(xsTypeName(20)).toBeUndefined();
    expect(nameOf(GNTST, -13)).toBe('no_space');
    expect([errnoName(-11), errnoName(11), errnoName(0)]).toEqual(['EAGAIN', 'EAGAIN', undefined]);
  });

  it('every error of the store is a known errno, every status code has a meaning', () => {
    expect(xsErrors.filter((name) => !Object.hasOwn(ERRNO, name))).toEqual([]);
    expect(Object.keys(gntstMeaning)).toEqual(Object.keys(GNTST));
  });
});

describe('where a grant reference lies', () => {
  it('in the table, by version', () => {
    expect(GRANTS_PER_FRAME).toEqual({ v1: 512, v2: 256, status: 2048 });
    expect(grantEntryAt(1, 520)).toEqual({ frame: 1, offset: 64 });
    expect(grantEntryAt(2, 520)).toEqual({ frame: 2, offset: 128 });
    expect(grantStatusAt(2049)).toEqual({ frame: 1, offset: 2 });
  });
});
