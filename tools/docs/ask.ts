/** What the command line of tools/docs.ts asks for. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';
import { ROOT } from '../page/built.ts';
import { SOURCES } from './assemble.ts';

const USAGE = 'usage: docs [--base /PATH/] [--out DIR] [--check] [--serve [--port N]]';

export interface Asked {
  readonly base: string;
  readonly out: string;
  readonly check: boolean;
  readonly serve: boolean;
  /** 0: any that is free. */
  readonly port: number;
}

/** @throws UsageError saying what cannot be used */
export function ask(args: string[]): Asked {
  const { base, out, check, serve, port } = parsed(args);
  if (!/^\/([\w.~-]+\/)*$/.test(base)) throw new UsageError(`--base ${base} must begin and end with /, such as /manuals/ringscope/\n${USAGE}`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port ${port} is not a port\n${USAGE}`);
  return { base, out: resolve(out), check, serve, port: Number(port) };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        base: { type: 'string', default: '/' },
        out: { type: 'string', default: join(ROOT, SOURCES, 'dist') },
        check: { type: 'boolean', default: false },
        serve: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
      },
    }).values;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UsageError(`${reason}\n${USAGE}`);
  }
}
