import { describe, expect, it } from 'vitest';
import { openCommand, parseStartOptions } from '../../tools/support/options.mjs';

describe('parseStartOptions', () => {
  it('leaves the port open and opens a browser by itself', () => {
    expect(parseStartOptions([])).toEqual({ port: undefined, open: true });
  });

  it('reads a port in both spellings', () => {
    expect(parseStartOptions(['--port', '5000', '--no-open'])).toEqual({ port: 5000, open: false });
    expect(parseStartOptions(['--port=65535'])).toEqual({ port: 65_535, open: true });
  });

  it.each([
    [['--port'], '--port needs a number, such as --port 5000'],
    [['--port='], '--port needs a number, such as --port 5000'],
    [['--port', '0'], '--port 0 is not a port: give a whole number from 1 to 65535'],
    [['--port', '65536'], '--port 65536 is not a port: give a whole number from 1 to 65535'],
    [['--port', '80a'], '--port 80a is not a port: give a whole number from 1 to 65535'],
    [['--prot', '80'], 'unknown option --prot: there are --port N and --no-open'],
  ])('refuses %j', (args, message) => {
    expect(() => parseStartOptions(args)).toThrow(message);
  });
});

describe('openCommand', () => {
  it('opens a browser where somebody is looking', () => {
    expect(openCommand('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
    expect(openCommand('darwin', {})).toEqual(['open']);
    expect(openCommand('win32', {})).toEqual(['cmd', '/c', 'start', '']);
  });

  it('opens none on CI or without a display', () => {
    expect(openCommand('linux', {})).toBeUndefined();
    expect(openCommand('darwin', { CI: 'true' })).toBeUndefined();
  });
});
