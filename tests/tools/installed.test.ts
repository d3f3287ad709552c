import { describe, expect, it } from 'vitest';
import { firstMissing } from '../../tools/support/installed.mjs';

const react = { version: '19.0.0', integrity: 'sha512-a' };

describe('firstMissing', () => {
  it('is content with what npm installed from the same lock', () => {
    expect(
      firstMissing(
        { packages: { '': {}, 'node_modules/react': react } },
        { packages: { 'node_modules/react': react } },
      ),
    ).toBeUndefined();
  });

  it('names a package that is absent, of another version or of other content', () => {
    const wanted = { packages: { 'node_modules/react': react } };
    expect(firstMissing(wanted, {})).toBe('node_modules/react');
    for (const other of [{ version: '18.0.0' }, { integrity: 'sha512-b' }]) {
      expect(firstMissing(wanted, { packages: { 'node_modules/react': { ...react, ...other } } })).toBe(
        'node_modules/react',
      );
    }
  });

  it('does not miss what npm installs on other platforms only', () => {
    expect(
      firstMissing({ packages: { 'node_modules/fsevents': { version: '2.3.3', optional: true } } }, {}),
    ).toBeUndefined();
  });
});
