import { send_to_guest } from '../../drivers/netback/xmit.ts';
import { NETDEV as VIF, vifSlot } from '../../drivers/netback/state.ts';
import {
  NETDEV as ETH,
  frontQueueSlot,
  netfrontInfoSlot,
  rxLock,
  txLock,
} from '../../drivers/netfront/state.ts';
import { send_from_guest } from '../../drivers/netfront/tx.ts';
import { xen_evtchn_do_upcall } from '../../kernel/events.ts';
import { shutdownSlot } from '../../kernel/domctl.ts';
import { netdevSlot, type KernelName } from '../../kernel/kernel.ts';
import { jobOf, startJob } from '../../kernel/jobs.ts';
import { isHeld } from '../../kernel/lock.ts';
import { napiSlot, net_rx_action } from '../../kernel/napi.ts';
import { deliveredSlot, record, sentSlot } from '../../kernel/packets.ts';
import type { Context } from '../../machine/context.ts';
import { Frame } from '../../machine/frame.ts';
import { threadSlot } from '../../machine/machine.ts';
import { act } from '../act.ts';

const GUEST = 'domU userspace';
const STACK = 'dom0 stack';
/** The thread of netback's NAPI. */
export const DOM0_SOFTIRQ = 'dom0 softirq';
/** Numbers of packets begin above this: 1, 2, 3 from the guest; 101, 102, 103 to it. */
const NUMBERS_FROM: Readonly<Record<KernelName, number>> = { domU: 0, dom0: 100 };

/** Where a thread is: its stack, undefined when it does not run. */
function stackOf(c: Context, thread: string): Frame | undefined {
  const stack = c.get(threadSlot(thread));
  return stack instanceof Frame ? stack : undefined;
}

/** What takes part in moving packets, besides the threads of the handshake: begun with the first packet. */
function startDataPath(c: Context): void {
  if (!stackOf(c, 'domU interrupts')) c.spawn('domU interrupts', xen_evtchn_do_upcall, { kernel: 'domU' });
  for (const kernel of ['dom0', 'domU'] as const) {
    if (!stackOf(c, `${kernel} softirq`)) c.spawn(`${kernel} softirq`, net_rx_action, { kernel });
  }
}

/**
 * The next packets of a kernel, all in one queue: one queue after another, as flows would spread over them.
 */
function nextPackets(
  c: Context,
  kernel: KernelName,
  queues: number,
  count: number,
): { packets: number[]; queue: number } {
  const before = c.get(sentSlot(kernel))?.length ?? 0;
  const packets = Array.from({ length: count }, (_, i) => NUMBERS_FROM[kernel] + before + i + 1);
  for (const packet of packets) record(c, 'sent', kernel, packet);
  return { packets, queue: before % queues };
}

function notReady(c: Context, netdev: string): string | null {
  const device = c.get(netdevSlot(netdev));
  if (!device?.registered) return `there is no ${netdev}`;
  if (!device.carrier) return `${netdev} has no carrier`;
  return device.up ? null : `${netdev} is not up`;
}

function guestCannotSend(c: Context): string | null {
  if (c.get(shutdownSlot) !== undefined) return 'the guest does not run';
  const reason = notReady(c, ETH);
  if (reason !== null) return reason;
  const job = jobOf(c, GUEST);
  if (job !== undefined) return `the guest is busy: ${job}`;
  const queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  if (queues === 0) return 'netfront has no queues';
  const queue = (c.get(sentSlot('domU'))?.length ?? 0) % queues;
  return c.get(frontQueueSlot(queue))?.tx_stopped ? 'the TX ring is full' : null;
}

function sendFrom(c: Context, count: number): void {
  startDataPath(c);
  startJob(c, GUEST, 'sending packets', send_from_guest, nextPackets(c, 'domU', c.get(netfrontInfoSlot)!.num_queues, count));
}

function dom0CannotSend(c: Context): string | null {
  const reason = notReady(c, VIF) ?? notReady(c, ETH);
  if (reason !== null) return reason;
  if (c.get(vifSlot)?.connected !== true) return 'netback is not connected';
  return stackOf(c, STACK) ? 'dom0’s network stack is busy' : null;
}

function sendTo(c: Context, count: number): void {
  startDataPath(c);
  c.spawn(STACK, send_to_guest, nextPackets(c, 'dom0', c.get(vifSlot)!.num_queues, count));
}

export const sendFromGuest = act({
  id: 'send-from-guest',
  kind: 'traffic',
  party: 'domU',
  title: 'Send a packet from the guest',
  refusal: guestCannotSend,
  run: (c) => sendFrom(c, 1),
});

export const burstFromGuest = act({
  id: 'burst-from-guest',
  kind: 'traffic',
  party: 'domU',
  title: 'Send two packets from the guest',
  refusal: guestCannotSend,
  run: (c) => sendFrom(c, 2),
});

export const sendToGuest = act({
  id: 'send-to-guest',
  kind: 'traffic',
  party: 'dom0',
  title: 'Send a packet to the guest',
  refusal: dom0CannotSend,
  run: (c) => sendTo(c, 1),
});

export const burstToGuest = act({
  id: 'burst-to-guest',
  kind: 'traffic',
  party: 'dom0',
  title: 'Send two packets to the guest',
  refusal: dom0CannotSend,
  run: (c) => sendTo(c, 2),
});

/** The moment at which netback has found its TX ring empty, and has not asked yet to be told of more. */
const ABOUT_TO_REST = 'xenvif_napi_schedule_or_enable_events#store_req_event';

/** For scenarios alone, and only where the thread of netback's NAPI is watched. */
export const sendAsDom0Rests = act({
  id: 'send-as-dom0-rests',
  kind: 'traffic',
  party: 'domU',
  title: 'Send a packet just as dom0 is about to rest',
  refusal: (c) => {
    const at = stackOf(c, DOM0_SOFTIRQ)?.op.key;
    return at === ABOUT_TO_REST ? guestCannotSend(c) : 'dom0 is not about to rest';
  },
  run: (c) => sendFrom(c, 1),
});

/** Have fewer packets arrived than were sent? */
function onTheirWay(c: Context, from: KernelName, to: KernelName): boolean {
  return (c.get(deliveredSlot(to))?.length ?? 0) !== (c.get(sentSlot(from))?.length ?? 0);
}

/** Is the data path at work, or is a packet on its way? */
function isBusy(c: Context): boolean {
  if (onTheirWay(c, 'domU', 'dom0') || onTheirWay(c, 'dom0', 'domU')) return true;
  if (c.get(napiSlot('dom0')) || c.get(napiSlot('domU'))) return true;
  const queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  return Array.from({ length: queues }).some(
    (_, queue) => isHeld(c, rxLock(queue)) || isHeld(c, txLock(queue)),
  );
}

/** For scenarios alone: nothing but time passes. */
export const allQuiet = act({
  id: 'all-quiet',
  kind: 'traffic',
  party: 'toolstack',
  title: 'Wait until all packets have arrived',
  refusal: (c) => (isBusy(c) ? 'packets are on their way' : null),
  run: () => {},
});

/** The acts that a person may take where packets go. */
export const TRAFFIC_ACTS: readonly string[] = [
  sendFromGuest.id,
  burstFromGuest.id,
  sendToGuest.id,
  burstToGuest.id,
];
