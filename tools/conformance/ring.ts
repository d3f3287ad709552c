// --kind ring: replays recorded ring operations and compares the whole visible state after each.
import { jsonLines, InputError } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { RingReplay } from './ring-replay.ts';
import { slotKinds } from './ring-slots.ts';
import { Tally } from './tally.ts';
import type { Check, Report } from './tally.ts';

const MAX_PAGES = 1024;
const MAX_U32 = 0xffffffff;

const headerNames = ['req_prod', 'req_event', 'rsp_prod', 'rsp_event'];
const privateNames = ['front.req_prod_pvt', 'front.rsp_cons', 'back.rsp_prod_pvt', 'back.req_cons'];
const measureNames = ['free requests', 'full', 'unconsumed requests', 'unconsumed responses'];

/** Results by name; those other than ret were recorded among the arguments. */
type Results = Readonly<Record<string, number>>;

interface Operation {
  /** Names of the arguments, inputs and recorded results alike; undefined for a list of any length. */
  readonly args: readonly string[] | undefined;
  run(ring: RingReplay, args: readonly number[]): Results;
}

const operations: Readonly<Record<string, Operation>> = {
  fq: { args: ['k', 'q'], run: (ring, [k = 0, q = 0]) => ({ ret: ring.frontQueue(k, q) }) },
  fp: { args: [], run: (ring) => ({ ret: ring.frontPublish() }) },
  bc: { args: ['k', 'acc'], run: (ring, [k = 0]) => ring.backConsume(k) },
  bf: { args: [], run: (ring) => ({ ret: ring.backFinalCheck() }) },
  br: { args: undefined, run: (ring, args) => ({ ret: ring.backRespond(args) }) },
  bp: { args: [], run: (ring) => ({ ret: ring.backPublish() }) },
  fc: { args: ['k', 'acc'], run: (ring, [k = 0]) => ring.frontConsume(k) },
  ff: { args: [], run: (ring) => ({ ret: ring.frontFinalCheck() }) },
  xe: {
    args: ['v'],
    run: (ring, [v = 0]) => {
      ring.setRequestEvent(v);
      return { ret: 0 };
    },
  },
  xr: {
    args: ['v'],
    run: (ring, [v = 0]) => {
      ring.setResponseEvent(v);
      return { ret: 0 };
    },
  },
  xo: {
    args: ['ip', 'ir', 'ic', 'reqProdOvf', 'rspProdOvf', 'reqConsOvf', 'unReq', 'unRsp'],
    run: (ring, [ip = 0, ir = 0, ic = 0]) => ({ ret: 0, ...ring.probe(ip, ir, ic) }),
  },
};

function compareAll(names: readonly string[], expected: readonly number[], got: readonly number[]): Check[] {
  return names.map((name, i) => [name, expected[i], got[i]]);
}

/** One trace in progress. */
interface Trace {
  readonly name: string;
  readonly ring: RingReplay;
  /** False when it did not even start as recorded: its operations then say nothing. */
  readonly sound: boolean;
  count: number;
}

function startTrace(header: Cursor, tally: Tally): Trace {
  tally.group();
  const ringName = header.field('ring').text();
  const slots = Object.hasOwn(slotKinds, ringName) ? slotKinds[ringName] : undefined;
  if (!slots) header.fail(`unknown ring '${ringName}': not one of ${Object.keys(slotKinds).join(', ')}`);
  const pages = header.field('pages').integer(1, MAX_PAGES);
  const fill = header.field('fill').integer(0, 255);
  const start = header.field('start').integer(0, MAX_U32);
  const ring = new RingReplay(slots, pages, fill, start, header.field('mode').integer(0));
  const name = `trace ${header.field('trace').integer()} (${ringName}, pages ${pages})`;
  const initNames = [...headerNames, ...privateNames, 'crc'].map((field) => `init ${field}`);
  const init = header.field('init').integers(initNames.length);
  const sound = tally.note(header, name, [
    ['nr_ents', header.field('nr_ents').integer(), ring.front.nr_ents],
    ...compareAll(initNames, init, [...ring.header(), ...ring.privates(), ring.crc()]),
  ]);
  return { name, ring, sound, count: 0 };
}

/** `[op, args, ret, H, P, M, crc]`. */
function readOperation(line: Cursor, trace: Trace) {
  const [op, args, ret, header, privates, measures, crc] = line.items(7);
  if (!op || !args || !ret || !header || !privates || !measures || !crc) line.fail('expected 7 items');
  const name = op.text();
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) return op.fail(`unknown operation '${name}'`);
  // `br` takes one count, or in mode 2 as many ids as it likes.
  const isList = operation.args === undefined && trace.ring.mode === 2;
  const values = args.items(isList ? undefined : (operation.args?.length ?? 1));
  return {
    name,
    operation,
    args: values.map((value) => value.integer()),
    ret: ret.integer(),
    header: header.integers(4),
    privates: privates.integers(4),
    measures: measures.integers(4),
    crc: crc.integer(),
  };
}

function run(line: Cursor, operation: Operation, ring: RingReplay, args: readonly number[]): Results {
  try {
    return operation.run(ring, args);
  } catch (error) {
    // Our writers refuse a value that does not fit its field, such as an id of 17 bits.
    if (error instanceof RangeError) line.fail(error.message);
    throw error;
  }
}

function replayOperation(line: Cursor, trace: Trace, tally: Tally): void {
  const recorded = readOperation(line, trace);
  const where = `${trace.name} operation ${trace.count++} ${recorded.name}`;
  if (!trace.sound) {
    tally.lost();
    return;
  }
  const { ring } = trace;
  const results = run(line, recorded.operation, ring, recorded.args);
  const argNames = recorded.operation.args ?? [];
  const outputs = argNames.flatMap((name, i): Check[] =>
    Object.hasOwn(results, name) ? [[name, recorded.args[i], results[name]]] : []);
  tally.item(
    line, where,
    ['ret', recorded.ret, results['ret']],
    ...outputs,
    ...compareAll(headerNames, recorded.header, ring.header()),
    ...compareAll(privateNames, recorded.privates, ring.privates()),
    ...compareAll(measureNames, recorded.measures, ring.measures()),
    ['crc', recorded.crc, ring.crc()],
  );
}

/** Replays every trace of a file of ring traces. Throws an InputError when the file is not one. */
export function checkRing(text: string): Report {
  const tally = new Tally();
  let trace: Trace | undefined;
  for (const line of jsonLines(text)) {
    if (Array.isArray(line.value)) {
      if (!trace) return line.fail('an operation before the first trace header');
      replayOperation(line, trace, tally);
    } else {
      trace = startTrace(line, tally);
    }
  }
  if (!trace) throw new InputError(1, 'holds no trace');
  return tally.report();
}
