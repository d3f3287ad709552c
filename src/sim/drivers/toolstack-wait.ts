import type { Context } from '../machine/context.ts';
import { ret, step, when, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { xen } from '../kernel/cite.ts';
import { armTimer, cancelTimer, ranOut } from '../kernel/timers.ts';
import { parseUnsigned, xsRead, xsToolstack } from '../kernel/xs.ts';
import { BE } from './toolstack-paths.ts';

const DEVICE = 'tools/libs/light/libxl_device.c';
const TOKEN = 'wait-backend-state';
const TIMER = 'libxl waits for the backend';
/** LIBXL_INIT_TIMEOUT and LIBXL_DESTROY_TIMEOUT. */
const TEN_SECONDS = 10_000;

function startWaiting(c: Context): void {
  armTimer(c, TIMER, TEN_SECONDS);
  xsToolstack.watch(c, 'libxl', `${BE}/state`, TOKEN);
}

function stopWaiting(c: Context): void {
  cancelTimer(c, TIMER);
  xsToolstack.unwatch(c, 'libxl', `${BE}/state`, TOKEN);
}

/** Something came: an event, which is taken, or the end of the time. @returns whether it was an event */
function takeWhatCame(c: Context): boolean {
  c.enter();
  const waiting = xsToolstack.waiting(c, 'libxl');
  if (waiting) xsToolstack.take(c, 'libxl');
  c.leave();
  return waiting;
}

function somethingCame(c: Context): boolean {
  return xsToolstack.waiting(c, 'libxl') || ranOut(c, TIMER);
}

type Wait = { state?: number | null; inTime?: boolean };

/** Waits until the backend says InitWait: it polls nothing, a watch tells it to look again. @returns false after 10 seconds */
export const libxl__wait_device_connection = fn<Wait, boolean, object>(
  'libxl__wait_device_connection',
  xen('toolstack', DEVICE, 'libxl__wait_device_connection', { line: 979 }),
  [
    step('watch_backend_state', startWaiting),
    whilst((l) => l.state !== 2 && l.inTime !== false, [
      step('wait_for_event', (c, l) => {
        l.inTime = takeWhatCame(c);
      }, { ready: somethingCame }),
      when((l) => l.inTime === true, [
        step('read_backend_state', (c, l) => {
          l.state = parseUnsigned(xsRead(c, 'libxl', `${BE}/state`)) ?? 0;
        }),
      ]),
    ]),
    step('unwatch_backend_state', stopWaiting),
    ret((l) => l.inTime!),
  ],
);

/** The same for Closed, when a device goes. A state that is not there counts: the backend is gone. @returns false after 10 seconds */
export const libxl__wait_for_backend_closed = fn<Wait, boolean, object>(
  'libxl__ev_devstate_wait',
  xen('toolstack', 'tools/libs/light/libxl_event.c', 'libxl__ev_devstate_wait', { line: 1064 }),
  [
    step('watch_state_for_closed', startWaiting),
    whilst((l) => l.state !== 6 && l.state !== null && l.inTime !== false, [
      step('wait_for_closed', (c, l) => {
        l.inTime = takeWhatCame(c);
      }, { ready: somethingCame }),
      when((l) => l.inTime === true, [
        step('read_state_for_closed', (c, l) => {
          l.state = parseUnsigned(xsRead(c, 'libxl', `${BE}/state`));
        }),
      ]),
    ]),
    step('unwatch_state', stopWaiting),
    ret((l) => l.inTime!),
  ],
);
