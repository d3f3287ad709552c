/** The command line of `npm start`. */

/**
 * @param {readonly string[]} args
 * @returns {{ port: number | undefined, open: boolean }} port undefined: 4173, or the next free one
 * @throws {Error} with a sentence for the person who typed it
 */
export function parseStartOptions(args) {
  /** @type {{ port: number | undefined, open: boolean }} */
  const options = { port: undefined, open: true };
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--no-open') options.open = false;
    else if (argument === '--port') {
      index += 1;
      options.port = parsePort(args[index]);
    } else if (argument.startsWith('--port=')) options.port = parsePort(argument.slice('--port='.length));
    else throw new Error(`unknown option ${argument}: there are --port N and --no-open`);
  }
  return options;
}

/**
 * @param {string | undefined} text
 * @returns {number}
 */
function parsePort(text) {
  if (text === undefined || text === '') throw new Error('--port needs a number, such as --port 5000');
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new Error(`--port ${text} is not a port: give a whole number from 1 to 65535`);
  return port;
}

/**
 * The command that opens an address in the default browser.
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @returns {string[] | undefined} without the address; undefined where nobody is looking
 */
export function openCommand(platform, env) {
  if (env['CI']) return undefined;
  if (platform === 'darwin') return ['open'];
  // `start` is a word of the shell; its first quoted argument is a window title.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}
