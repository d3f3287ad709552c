import { describe, expect, it } from 'vitest';
import { channelsOf, othersOf } from '../../../src/panels/lenses/events/channels.ts';
import { Watched } from '../../store/stage/run.ts';

describe('event channels', () => {
  const run = new Watched(1, 1);

  it('are none at the start, and the ports of others are known', () => {
    run.seek(0);
    expect(channelsOf(run.now)).toEqual([]);
    expect(othersOf(run.now, 5)).toEqual({ dom: 5, reserved: [[1, 10]], next: 11, most: 1023 });
    expect(othersOf(run.now, 0)).toMatchObject({ reserved: [[1, 20]], next: 21 });
  });

  it('wait for the other domain until it binds', () => {
    run.after('evtchn_alloc_unbound#alloc_port');
    expect(channelsOf(run.now)).toMatchObject([
      { front: { port: 11, state: 'unbound', remoteDom: 0, handler: null, hot: true }, back: null, sent: null, hot: true },
    ]);
  });

  it('lose what is sent to nobody', () => {
    run.after('evtchn_send#set_peer_pending');
    expect(channelsOf(run.now)[0]).toMatchObject({
      purpose: 'queue 0 TX', sent: { from: 5, port: 11, outcome: 'lost' }, hot: true,
      front: { handler: 'xennet_tx_interrupt' },
    });
    expect(channelsOf(run.now)[1]).toMatchObject({ sent: null, hot: false });
  });

  it('are pairs of ports once both ends are bound', () => {
    run.seek(run.length);
    expect(channelsOf(run.now)).toMatchObject([
      {
        purpose: 'queue 0 TX',
        front: { port: 11, state: 'interdomain', handler: 'xennet_tx_interrupt' },
        back: { port: 21, state: 'interdomain', handler: 'xenvif_tx_interrupt', remoteDom: 5 },
      },
      { purpose: 'queue 0 RX', front: { port: 12 }, back: { port: 22 } },
    ]);
  });

  it('show a notification with the bit that it sets, and one that changes nothing', () => {
    const traffic = new Watched(1, 1, 64, {}, 'traffic');
    const outcomes = new Map<string, boolean>();
    for (let n = 0; n <= traffic.length; n++) {
      traffic.seek(n);
      const channel = channelsOf(traffic.now).find(({ sent }) => sent !== null);
      if (channel === undefined || channel.sent === null) continue;
      const peer = channel.sent.from === 5 ? channel.back : channel.front;
      expect(peer?.pending.on).toBe(true);
      expect(peer?.pending.hot).toBe(channel.sent.outcome === 'sent');
      outcomes.set(channel.sent.outcome, true);
    }
    expect(outcomes.has('sent')).toBe(true);
  });

  it('are gone when the guest has died and dom0 has closed its ends', () => {
    const crash = new Watched(1, 1, 64, {}, 'close-crash');
    crash.seek(0);
    expect(channelsOf(crash.now)).toHaveLength(2);
    crash.seek(crash.length);
    expect(channelsOf(crash.now)).toEqual([]);
  });
});
