import { describe, expect, it } from 'vitest';
import { trafficQuestion } from '../../src/sim/check/traffic.ts';
import { makeEnableEvents } from '../../src/sim/drivers/netback/final-check.ts';
import { makePushResponses } from '../../src/sim/drivers/netback/ring.ts';
import { makeSlotsAvailable } from '../../src/sim/drivers/netback/rx-slots.ts';
import { makeFinalCheck, makePushRequests } from '../../src/sim/drivers/netfront/ring.ts';
import { makeSetupGrant } from '../../src/sim/drivers/netfront/tx.ts';
import { explore } from '../../src/sim/index.ts';
import { burstFromGuest, burstToGuest, sendFromGuest, sendToGuest } from '../../src/sim/scenarios/acts/traffic.ts';
import { connectedWorld } from '../../src/sim/scenarios/connected.ts';
import type { Differences } from '../../src/sim/scenarios/world.ts';
import { ONE } from '../sim/datapath.ts';

function check(story: readonly string[], differences: Differences = {}, reduce = true) {
  return explore(connectedWorld(ONE, { ...differences, story }), trafficQuestion(ONE), { maxStates: 400_000, reduce });
}

const GUEST = [sendFromGuest.id, sendFromGuest.id];
const STACK = [sendToGuest.id, sendToGuest.id];
const BOTH = [sendFromGuest.id, sendToGuest.id];

describe('every order of the traffic', () => {
  it.each([
    ['two packets from the guest', GUEST],
    ['two packets from the guest at once', [burstFromGuest.id]],
    ['two packets to the guest', STACK],
    ['two packets to the guest at once', [burstToGuest.id]],
    ['a packet each way', BOTH],
  ])('delivers %s once', (_, story) => {
    const { terminals, violation, cut } = check(story);
    expect({ names: [...terminals.keys()], violation, cut }).toEqual({
      names: ['all packets have arrived'], violation: null, cut: null,
    });
  });

  it('comes to the same without the reduction', () => {
    const { terminals, violation, cut } = check([sendToGuest.id], {}, false);
    expect({ names: [...terminals.keys()], violation, cut }).toEqual({
      names: ['all packets have arrived'], violation: null, cut: null,
    });
  });

  it.each(['dom0 softirq', 'domU userspace', 'domU interrupts'])('delivers packets when stores of %s become visible late', (thread) => {
    const { terminals, violation, cut } = check(GUEST, { storeBuffers: [thread] });
    expect({ names: [...terminals.keys()], violation, cut }).toEqual({
      names: ['all packets have arrived'], violation: null, cut: null,
    });
  });
});

const info = (symbol: string) => ({
  cite: { project: 'RingScope', version: '', path: 'tests', symbol } as const,
  shown: symbol,
  departs: 'a bug of this test',
});

describe('what the checker finds', () => {
  const LOST = 'no wake-up is lost';
  const cases: readonly (readonly [string, string, readonly string[], () => Differences])[] = [
    ['a final check of netback that does not look again', LOST, GUEST, () => ({
      netbackOps: { enable_events: makeEnableEvents('e1', info('e1'), 'recheck').name },
    })],
    ['a final check of netback that asks for nothing', LOST, GUEST, () => ({
      netbackOps: { enable_events: makeEnableEvents('e2', info('e2'), 'store').name },
    })],
    ['a final check of netback without its barrier', LOST, GUEST, () => ({
      netbackOps: { enable_events: makeEnableEvents('e3', info('e3'), 'barrier').name }, storeBuffers: ['dom0 softirq'],
    })],
    ['a final check of netfront that does not look again', LOST, STACK, () => ({
      netfrontOps: { final_check: makeFinalCheck('f1', info('f1'), 'recheck').name },
    })],
    ['a final check of netfront that asks for nothing', LOST, STACK, () => ({
      netfrontOps: { final_check: makeFinalCheck('f2', info('f2'), 'store').name },
    })],
    ['a push of requests without its barrier', LOST, GUEST, () => ({
      netfrontOps: { push_requests: makePushRequests('p1', info('p1'), 'barrier').name }, storeBuffers: ['domU userspace'],
    })],
    ['a push of responses without its barrier', LOST, STACK, () => ({
      netbackOps: { push_responses: makePushResponses('p2', info('p2'), 'barrier').name },
      storeBuffers: ['vif5.0-q0-guest-rx'],
    })],
    ['a reference that is used twice', 'a request that is out is granted, and by a reference of its own', GUEST, () => ({
      netfrontOps: { setup_grant: makeSetupGrant('s1', info('s1'), true).name },
    })],
  ];
  it.each(cases)('%s', (_, invariant, story, differences) => {
    expect(check(story, differences()).violation?.invariant).toBe(invariant);
  });

  it('nothing where RX slots are looked for without asking: there are buffers enough', () => {
    const slots_available = makeSlotsAvailable('a1', info('a1'), 'store').name;
    expect(check(STACK, { netbackOps: { slots_available } }).violation).toBeNull();
  });
});
