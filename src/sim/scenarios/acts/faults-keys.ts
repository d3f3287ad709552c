import { GRANTS_PER_FRAME } from '../../../abi/grant-table.ts';
import { frontQueueSlot } from '../../drivers/netfront/state.ts';
import { BE, FE } from '../../drivers/toolstack.ts';
import { CONNECTION, DOMID } from '../../kernel/kernel.ts';
import { parseUnsigned, xsWrite } from '../../kernel/xs.ts';
import type { Context } from '../../machine/context.ts';
import { grantTableSlot } from '../../xen/grant-table.ts';
import { nodeSlot, txSlot, xenstored } from '../../xenstore/server.ts';
import { act } from '../act.ts';
import { backendRefusal, firstRingKey, keysRefusal, pageRefusal, ringKey, THIRD, valueAt } from './sight.ts';

/** The first reference that no table of this guest, however large, can hold. */
function beyondTable(c: Context): number {
  return c.get(grantTableSlot(DOMID.domU))!.maxFrames * GRANTS_PER_FRAME.v1;
}

/** B11: the published reference is a number beyond the table. */
export const refBeyondTable = act({
  id: 'ref-beyond-table',
  kind: 'fault',
  party: 'domU',
  title: 'Publish a TX reference beyond the table',
  refusal: (c) => {
    const refusal = keysRefusal(c);
    if (refusal !== null) return refusal;
    return valueAt(c, firstRingKey(c)!) === String(beyondTable(c)) ? 'the key names such a reference already' : null;
  },
  run: (c) => {
    xsWrite(c, 'domU', firstRingKey(c)!, String(beyondTable(c)));
  },
});

/** The frame number of the third page: as a reference it lies beyond every table that a run here can need. */
function thirdFrame(c: Context): string {
  return String(c.get(frontQueueSlot(0))!.tx!.gfn + THIRD);
}

/** B11 in the middle of a batch: netfront mixes up the two numbers that a page has, its frame and its reference. */
export const thirdRefWrong = act({
  id: 'third-ref-wrong',
  kind: 'fault',
  party: 'domU',
  title: 'Publish a frame number as third TX reference',
  refusal: (c) => {
    const refusal = pageRefusal(c, THIRD) ?? keysRefusal(c);
    if (refusal !== null) return refusal;
    const key = ringKey(c, THIRD);
    if (key === null) return 'the key of that page is not there';
    return valueAt(c, key) === thirdFrame(c) ? 'the key names the frame already' : null;
  },
  run: (c) => {
    xsWrite(c, 'domU', ringKey(c, THIRD)!, thirdFrame(c));
  },
});

/** B7: a key that must be there is not. */
export const missingRingKey = act({
  id: 'missing-ring-key',
  kind: 'fault',
  party: 'domU',
  title: 'Remove the TX ring key',
  refusal: keysRefusal,
  run: (c) => {
    xenstored.rm(c, CONNECTION.domU, firstRingKey(c)!);
  },
});

/** The order that the backend offers for TX rings. */
function offeredOrder(c: Context): number {
  return parseUnsigned(valueAt(c, `${BE}/max-tx-ring-page-order`)) ?? 0;
}

/** B22: the frontend asks for a larger ring than was offered. */
export const orderTooBig = act({
  id: 'order-too-big',
  kind: 'fault',
  party: 'domU',
  title: 'Ask for more TX pages than offered',
  refusal: (c) => {
    const refusal = keysRefusal(c);
    if (refusal !== null) return refusal;
    const asked = parseUnsigned(valueAt(c, `${FE}/tx-ring-order`)) ?? 0;
    return asked > offeredOrder(c) ? 'netfront asks for more than was offered already' : null;
  },
  run: (c) => {
    xsWrite(c, 'domU', `${FE}/tx-ring-order`, String(offeredOrder(c) + 1));
  },
});

/** What some tools take as a wish, and no driver as an address. */
const NO_MAC = 'random';

/** B6: netback's own copy of the address is no address. */
export const badMac = act({
  id: 'bad-mac',
  kind: 'fault',
  party: 'toolstack',
  title: 'Spoil the backend’s MAC address',
  refusal: (c) => {
    const mac = valueAt(c, `${BE}/mac`);
    if (mac === null) return 'too early: the backend has no MAC address yet';
    return mac === NO_MAC ? 'the MAC address is no address already' : backendRefusal(c);
  },
  run: (c) => {
    xsWrite(c, 'libxl', `${BE}/mac`, NO_MAC);
  },
});

/** A key in the guest's directory that no driver reads. */
const REMARK = `${FE}/remark`;

/** F8: a change that has nothing to do with netfront's transaction, but falls into the directory that it changes. */
export const transactionConflict = act({
  id: 'transaction-conflict',
  kind: 'fault',
  party: 'toolstack',
  title: 'Write into netfront’s directory meanwhile',
  refusal: (c) => {
    if (valueAt(c, REMARK) !== null) return 'that key is there already, and writing it again changes no directory';
    const open = c.get(txSlot(CONNECTION.domU.id)) ?? [];
    const uses = open.some(({ accessed }) => accessed.some(({ path }) => path === FE));
    return uses ? null : 'netfront has no transaction open that has written a key';
  },
  run: (c) => {
    xsWrite(c, 'libxl', REMARK, 'seen');
  },
});

/** Owner dom0, readable by the guest: as the backend's directory. */
const NOT_THE_GUESTS = ['n0', 'r5'];

/** F7: the guest may not make keys in its own directory. */
export const xenstoreDenied = act({
  id: 'xenstore-denied',
  kind: 'fault',
  party: 'toolstack',
  title: 'Close netfront’s directory to it',
  refusal: (c) => {
    if (firstRingKey(c) !== null) return 'too late: netfront has published its keys';
    if (valueAt(c, `${FE}/xdp-headroom`) === null) return 'too early: netfront has not begun to write';
    return c.get(nodeSlot(FE))!.perms[0] === NOT_THE_GUESTS[0] ? 'it is closed already' : null;
  },
  run: (c) => {
    xenstored.setPerms(c, CONNECTION.libxl, FE, NOT_THE_GUESTS);
  },
});
