import { describe, expect, it } from 'vitest';
import { endingOf, failedHalf } from '../../src/store/ending.ts';
import type { StageView } from '../../src/store/view.ts';
import { before, connected } from '../panels/stage/mock.ts';

/** A view in which the two states are so in the store. */
function at(view: StageView, front: number | null, back: number | null, change: Partial<StageView['backend']> = {}): StageView {
  return {
    ...view,
    frontend: { ...view.frontend, track: { ...view.frontend.track, published: front } },
    backend: { ...view.backend, track: { ...view.backend.track, published: back }, ...change },
  };
}

const up = connected(4, 1);

describe('how a run ended', () => {
  it('well: both Connected, all mapped, the link up', () => {
    expect(endingOf(at(up, 4, 4))).toEqual({ kind: 'connected' });
  });

  it('is no success where both say Connected and a page is not mapped, or no page is there', () => {
    const [first, ...rest] = up.rings;
    const [page, ...pages] = first!.pages;
    const rings = [{ ...first!, pages: [{ ...page!, life: 'granted' as const, handle: null }, ...pages] }, ...rest];
    expect(endingOf({ ...at(up, 4, 4), rings })).toEqual({ kind: 'unmapped', error: null });
    const error = '2 mapping shared-frames 520/521';
    expect(endingOf({ ...at(up, 4, 4, { error }), rings: [] })).toEqual({ kind: 'unmapped', error });
  });

  it('is no success without a carrier', () => {
    const netdev = { ...up.backend.netdev!, carrier: false };
    expect(endingOf(at(up, 4, 4, { netdev }))).toEqual({ kind: 'noCarrier', error: null });
  });

  it('is no success where something lies in a ring that nobody takes; posted buffers are no such thing', () => {
    const [tx, rx] = up.rings;
    const lost = { ...tx!, header: { ...tx!.header!, req_prod: 2 }, back: { rsp_prod_pvt: 1, req_cons: 1 } };
    expect(endingOf({ ...at(up, 4, 4), rings: [lost, rx!] })).toEqual({
      kind: 'stuck', ring: 'TX', queue: 0, count: 1, error: null,
    });
    const unread = { ...rx!, header: { ...rx!.header!, rsp_prod: 3 } };
    expect(endingOf({ ...at(up, 4, 4), rings: [tx!, unread] })).toMatchObject({ kind: 'stuck', ring: 'RX', count: 3 });
  });

  it('tells closed from gone', () => {
    expect(endingOf(at(up, 6, 6))).toEqual({ kind: 'closed', error: null });
    const failed = at(up, 6, 6);
    expect(endingOf({ ...failed, frontend: { ...failed.frontend, error: '1 allocating event channel' } }))
      .toEqual({ kind: 'closed', error: '1 allocating event channel' });
    expect(endingOf(before())).toEqual({ kind: 'gone' });
  });

  it('names the error node, else the first line of a log that speaks of a failure', () => {
    const log = ['vif vif-5-0 vif5.0: Guest Rx ready', 'vif vif-5-0: failed to map', 'later'];
    expect(endingOf(at(up, 5, 6, { log }))).toEqual({
      kind: 'failed', error: 'vif vif-5-0: failed to map', frontend: 5, backend: 6,
    });
    expect(endingOf(at(up, 5, 6, { log, error: '22 what' }))).toMatchObject({ kind: 'failed', error: '22 what' });
  });

  it('knows by the line before which half of connecting failed, and of a bad index in a ring that it was neither', () => {
    const queue = 'vif vif-5-0: 22 mapping shared-frames 520/521';
    const page = 'vif vif-5-0: 1 mapping in shared page 520 from domain 5';
    const half = (log: readonly string[], error: string) => failedHalf(at(up, 4, 4, { log, error }), error);
    expect(half([page, queue], '2 mapping shared-frames 520/521')).toBe('map');
    expect(half([page, queue, queue], '22 mapping shared-frames 520/521')).toBe('bind');
    expect(half([queue], '5 mapping shared-frames 520/521')).toBeNull();
    expect(half([queue], '2 reading ring-ref')).toBeNull();
  });

  it('only says where both ends are when nothing went wrong that a kernel knows of', () => {
    expect(endingOf(at(up, 4, 2))).toEqual({ kind: 'other', frontend: 4, backend: 2 });
  });
});
