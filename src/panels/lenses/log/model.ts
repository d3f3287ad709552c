/** The logs of both kernels as one list of lines. Pure. */
import { GNTST } from '../../../abi/grant-table.ts';
import { nameOf } from '../../../abi/cite.ts';
import { errnoName } from '../../../abi/errno.ts';
import { logWords as t } from '../../../content/log.ts';
import { fill } from '../../../content/words.ts';
import type { AppState } from '../../../store/store.ts';

export const KERNELS = ['domU', 'dom0'] as const;
export type Kernel = (typeof KERNELS)[number];

export interface LogLine {
  /** Of all lines here only this one's, and the same at every later step. */
  id: string;
  kernel: Kernel;
  text: string;
  /** Just after the step that printed it; 0 for what was there before the first step. */
  position: number;
  /** It reads as a complaint. */
  bad: boolean;
  /** What the number is that it begins with; null where it begins with none. */
  code: string | null;
}

/**
 * How the drivers and xenbus complain. The level that a kernel prints with is no part of the line, so its words have to do:
 * a number after the device is an error's.
 */
const COMPLAINT =
  /^vif \S+: \d+ |\b(error|fatal|fail\w*|bug|warning|illegal|impossible|incorrect|invalid|bad|can't|cannot|unable|disabled?|inactive|no queues|only created|reached|cross page|backwards|does not support|still (in use|pending)|leak\w*)\b|rx->offset/i;

/** Does a line read as a complaint? */
export function isComplaint(text: string): boolean {
  return COMPLAINT.test(text);
}

/**
 * What xenbus_dev_error puts in front of its message: the error without its sign, an errno, or for a page that could not be
 * mapped Xen's status of it.
 */
function codeOf(text: string): string | null {
  const [, code, page] = /^vif \S+: (\d+) (mapping in shared page)?/.exec(text) ?? [];
  if (code === undefined) return null;
  const name = page === undefined ? errnoName(Number(code)) : nameOf(GNTST, -Number(code));
  return name === undefined ? null : fill(page === undefined ? t.errno : t.status, { code, name });
}

/**
 * Every line, in the order in which they were printed. `printed` tells the steps of each log's last lines; the lines before
 * them were there when the run began, in an order between the kernels that nobody knows: domU's come first.
 */
export function logLines(
  logs: Readonly<Record<Kernel, readonly string[]>>, printed: AppState['printed'],
): readonly LogLine[] {
  const lines = KERNELS.flatMap((kernel) => {
    const log = logs[kernel];
    const steps = printed.find(([name]) => name === `log:${kernel}`)?.[1] ?? [];
    const before = log.length - steps.length;
    return log.map((text, i): LogLine => ({
      id: `${kernel} ${i}`, kernel, text, position: steps[i - before] ?? 0, bad: isComplaint(text), code: codeOf(text),
    }));
  });
  // Sorting is stable: a step that printed several lines keeps their order.
  return lines.sort((a, b) => a.position - b.position);
}

/** The lines of that kernel, or of both, that have the text in them, small or capital. */
export function filterLines(
  lines: readonly LogLine[], kernel: Kernel | 'both', text: string,
): readonly LogLine[] {
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (kernel === 'both' || line.kernel === kernel) &&
      (wanted === '' || `${stamp(line.position)} ${line.text}`.toLowerCase().includes(wanted)),
  );
}

/** What dmesg has for the time, with the step in its place. */
export function stamp(position: number): string {
  return `[${String(position).padStart(6)}]`;
}

/** The lines as text to be kept elsewhere; who printed each is said where they are of both kernels. */
export function asText(lines: readonly LogLine[], name: (kernel: Kernel) => string): string {
  const mixed = new Set(lines.map(({ kernel }) => kernel)).size > 1;
  return lines
    .map(({ kernel, position, text }) => `${mixed ? `${name(kernel)}: ` : ''}${stamp(position)} ${text}\n`)
    .join('');
}
