import { describe, expect, it } from 'vitest';
import { canInstallChromium, chromiumCandidates, findChromium } from '../../tools/support/chromium.mjs';

/** A machine on which exactly these files can be executed. */
function machine(platform: NodeJS.Platform, env: Record<string, string>, ...executables: string[]) {
  return { platform, env, isExecutable: (path: string) => executables.includes(path) };
}

describe('findChromium', () => {
  it('takes CHROME_PATH before anything else', () => {
    expect(findChromium(machine('linux', { CHROME_PATH: '/opt/c' }, '/opt/c', '/usr/bin/chromium'))).toBe(
      '/opt/c',
    );
  });

  it('refuses a CHROME_PATH that cannot be executed, instead of taking another browser', () => {
    expect(() => findChromium(machine('linux', { CHROME_PATH: '/opt/c' }, '/usr/bin/chromium'))).toThrow(
      'CHROME_PATH is /opt/c, which is not an executable file',
    );
  });

  it('takes an empty CHROME_PATH for none', () => {
    expect(findChromium(machine('linux', { CHROME_PATH: '' }, '/usr/bin/chromium'))).toBe(
      '/usr/bin/chromium',
    );
  });

  it('finds it in the usual places of each system', () => {
    expect(findChromium(machine('linux', {}, '/snap/bin/chromium'))).toBe('/snap/bin/chromium');
    const mac = '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium(machine('darwin', { HOME: '/Users/me' }, mac))).toBe(mac);
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(findChromium(machine('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, edge))).toBe(
      edge,
    );
  });

  it('finds it on PATH, of which relative folders are no part', () => {
    const env = { PATH: 'bin:/nix/bin:' };
    expect(findChromium(machine('linux', env, '/nix/bin/google-chrome'))).toBe('/nix/bin/google-chrome');
    expect(findChromium(machine('linux', env, 'bin/chromium', '/chromium'))).toBeUndefined();
  });

  it('prefers Chromium to Chrome, wherever they are', () => {
    const found = findChromium(
      machine('linux', { PATH: '/nix/bin' }, '/usr/bin/google-chrome', '/nix/bin/chromium'),
    );
    expect(found).toBe('/nix/bin/chromium');
  });

  it('finds nothing where nothing is installed', () => {
    expect(findChromium(machine('linux', {}))).toBeUndefined();
  });
});

describe('chromiumCandidates', () => {
  it('leaves out folders of Windows that are not set', () => {
    expect(chromiumCandidates({ platform: 'win32', env: {} })).toEqual([]);
  });
});

describe('canInstallChromium', () => {
  const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
  it('is for root on Debian only', () => {
    expect(canInstallChromium({ osRelease: debian, uid: 0 })).toBe(true);
    expect(canInstallChromium({ osRelease: debian, uid: 1000 })).toBe(false);
    expect(canInstallChromium({ osRelease: 'ID=ubuntu\nID_LIKE=debian\n', uid: 0 })).toBe(false);
    expect(canInstallChromium({ osRelease: '', uid: undefined })).toBe(false);
  });
});
